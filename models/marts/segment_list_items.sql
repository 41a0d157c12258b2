with answer_profiles as (
    select * from {{ ref('answer_profiles') }}
),

segments as (
    select * from {{ ref('segments') }}
),

list_items as (
    select * from {{ ref('stg_declared_list_items') }}
)

select
    segments.objective,
    segments.segment_key,
    segments.segment_number,
    segments.segment_name,
    answer_profiles.attribute,
    {{ label_of('answer_profiles.attribute') | indent }} as attribute_label,
    answer_profiles.answer as item,
    list_items.theme,
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
inner join list_items
    on
        answer_profiles.attribute = list_items.attribute
        and answer_profiles.answer = list_items.item
