with disclosed_shares as (
    select * from {{ ref('disclosed_shares') }}
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
    disclosed_shares.answer as interest,
    interest_themes.theme,
    disclosed_shares.is_suppressed,
    disclosed_shares.user_count,
    disclosed_shares.share,
    disclosed_shares.share_low,
    disclosed_shares.share_high,
    disclosed_shares.population_share,
    disclosed_shares.index
from disclosed_shares
inner join segments
    on
        disclosed_shares.objective = segments.objective
        and disclosed_shares.segment_number = segments.segment_number
inner join interest_themes
    on
        disclosed_shares.attribute = 'interest'
        and disclosed_shares.answer = interest_themes.interest
