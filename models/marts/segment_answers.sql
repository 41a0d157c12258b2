with segment_shares as (
    select * from {{ ref('segment_shares') }}
),

segments as (
    select * from {{ ref('segments') }}
),

ordered_answers as (
    select * from {{ ref('ordered_answers') }}
)

select
    segments.objective,
    segments.segment_key,
    segments.segment_number,
    segments.segment_name,
    segment_shares.attribute,
    segment_shares.answer,
    ordered_answers.rank as answer_rank,
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
inner join ordered_answers
    on
        segment_shares.attribute = ordered_answers.attribute
        and segment_shares.answer = ordered_answers.answer
