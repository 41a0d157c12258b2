{#- Spark's windows do not see the names of columns beside them. -#}
{%- set segment_name =
    'coalesce(trim(segment_aliases.alias), segment_names.rule_name)' -%}

with segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

segment_validity as (
    select * from {{ ref('segment_validity') }}
),

segment_names as (
    select * from {{ ref('segment_names') }}
),

segment_aliases as (
    select * from {{ ref('segment_aliases') }}
),

segment_descriptions as (
    select * from {{ ref('segment_descriptions') }}
),

segment_colors as (
    select * from {{ ref('segment_colors') }}
),

chosen_actions as (
    select * from {{ ref('chosen_actions') }}
)

select
    segment_sizes.objective,
    segment_sizes.segment_key,
    segment_sizes.segment_number,
    {{ segment_name }} as segment_name,
    cast(row_number() over (
        partition by segment_sizes.objective
        order by
            segment_sizes.user_count desc,
            {{ segment_name }} asc,
            segment_sizes.segment_number asc
    ) as bigint) as sort_order,
    segment_colors.color,
    segment_names.rule_name,
    segment_aliases.named_by,
    segment_aliases.named_on,
    segment_descriptions.description,
    segment_sizes.user_count,
    segment_sizes.user_share,
    segment_validity.verdict,
    segment_validity.jaccard,
    min(segment_validity.jaccard) over (partition by segment_sizes.objective)
        as worst_jaccard,
    case
        when segment_validity.verdict = 'none'
            then '{{ no_action() }}'
        when chosen_actions.recommended_action is not null
            then chosen_actions.recommended_action
        when segment_names.name_words = 'other users'
            then 'No action: no trait sets these users apart.'
        else 'No action is listed for its traits in seeds/segment_actions.csv.'
    end as recommended_action,
    segment_sizes.model_version
from segment_sizes
inner join segment_validity
    on
        segment_sizes.objective = segment_validity.objective
        and segment_sizes.segment_number = segment_validity.segment_number
inner join segment_names
    on
        segment_sizes.objective = segment_names.objective
        and segment_sizes.segment_number = segment_names.segment_number
inner join segment_descriptions
    on
        segment_sizes.objective = segment_descriptions.objective
        and segment_sizes.segment_number = segment_descriptions.segment_number
left join segment_aliases on segment_sizes.segment_key = segment_aliases.segment_key
left join segment_colors
    on
        segment_sizes.objective = segment_colors.objective
        and segment_sizes.segment_number = segment_colors.segment_number
left join chosen_actions
    on
        segment_sizes.objective = chosen_actions.objective
        and segment_sizes.segment_number = chosen_actions.segment_number
