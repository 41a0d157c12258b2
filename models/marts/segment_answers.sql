with answer_profiles as (
    select * from {{ ref('answer_profiles') }}
),

segments as (
    select * from {{ ref('segments') }}
),

known_answers as (
    select * from {{ ref('known_answers') }}
)

select
    segments.objective,
    segments.segment_key,
    segments.segment_number,
    segments.segment_name,
    answer_profiles.attribute,
    {{ label_of('answer_profiles.attribute') | indent }} as attribute_label,
    answer_profiles.answer,
    known_answers.rank as answer_rank,
    answer_profiles.is_outside_basis,
    answer_profiles.is_suppressed,
    answer_profiles.known_share,
    answer_profiles.user_count,
    answer_profiles.share,
    answer_profiles.share_low,
    answer_profiles.share_high,
    answer_profiles.population_share,
    answer_profiles.index,
    answer_profiles.p_value,
    answer_profiles.q_value,
    answer_profiles.is_distinctive
from answer_profiles
inner join segments
    on
        answer_profiles.objective = segments.objective
        and answer_profiles.segment_number = segments.segment_number
inner join known_answers
    on
        answer_profiles.attribute = known_answers.attribute
        and answer_profiles.answer = known_answers.answer
