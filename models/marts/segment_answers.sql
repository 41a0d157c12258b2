with disclosed_shares as (
    select * from {{ ref('disclosed_shares') }}
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
    disclosed_shares.attribute,
    disclosed_shares.answer,
    ordered_answers.rank as answer_rank,
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
inner join ordered_answers
    on
        disclosed_shares.attribute = ordered_answers.attribute
        and disclosed_shares.answer = ordered_answers.answer
