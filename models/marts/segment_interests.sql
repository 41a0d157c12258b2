with answer_profiles as (
    select * from {{ ref('answer_profiles') }}
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
    answer_profiles.answer as interest,
    interest_themes.theme,
    answer_profiles.is_outside_basis,
    answer_profiles.is_suppressed,
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
inner join interest_themes
    on
        answer_profiles.attribute = 'interest'
        and answer_profiles.answer = interest_themes.interest
