with segment_shares as (
    select * from {{ ref('segment_shares') }}
),

segments as (
    select * from {{ ref('segments') }}
),

interest_themes as (
    select * from {{ ref('interest_themes') }}
)

select
    segments.objective,
    segments.segment_key,
    segments.segment_number,
    segments.segment_name,
    segment_shares.answer as interest,
    interest_themes.theme,
    segment_shares.user_count,
    segment_shares.share,
    segment_shares.share_low,
    segment_shares.share_high,
    segment_shares.population_share,
    segment_shares.index
from segment_shares
inner join segments
    on
        segment_shares.objective = segments.objective
        and segment_shares.segment_number = segments.segment_number
inner join interest_themes
    on
        segment_shares.attribute = 'interest'
        and segment_shares.answer = interest_themes.interest
