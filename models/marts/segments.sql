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

leading_traits as (
    select * from {{ ref('leading_traits') }}
),

segment_colors as (
    select * from {{ ref('segment_colors') }}
),

segment_actions as (
    select * from {{ ref('segment_actions') }}
),

-- The strongest trait for which there is an action decides.
leading_actions as (
    select
        leading_traits.objective,
        leading_traits.segment_number,
        min_by(segment_actions.recommended_action, leading_traits.trait_rank)
            as recommended_action
    from leading_traits
    inner join segment_actions
        on
            leading_traits.objective = segment_actions.objective
            and leading_traits.feature = segment_actions.feature
            and leading_traits.direction = segment_actions.direction
    group by all
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
            then 'None: the data does not show that these users are a group.'
        else
            coalesce(
                leading_actions.recommended_action,
                'No action is listed for its traits in seeds/segment_actions.csv.'
            )
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
left join leading_actions
    on
        segment_sizes.objective = leading_actions.objective
        and segment_sizes.segment_number = leading_actions.segment_number
