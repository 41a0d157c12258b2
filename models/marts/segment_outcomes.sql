{%- set numbers = [
    'user_count', 'variance_explained', 'variance_explained_low',
    'variance_explained_high', 'corrected_variance_explained', 'p_value',
] -%}

with outcome_evidence as (
    select * from {{ ref('outcome_evidence') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

outcome_groupings as (
    select * from {{ ref('outcome_groupings') }}
),

best_baselines as (
    select
        objective,
        outcome,
        -- Below 0 a baseline explains less than chance does: nothing.
        greatest(max(corrected_variance_explained), 0) as variance_explained
    from outcome_evidence
    where grouping <> 'segments'
    group by all
)

select
    outcome_evidence.objective,
    outcome_evidence.outcome,
    feature_catalog.label,
    outcome_evidence.grouping,
    outcome_groupings.label as grouping_label,
    outcome_evidence.group_count,
    {%- for column in numbers %}
    case
        when not {{ is_hidden('outcome_evidence.user_count') }}
            then outcome_evidence.{{ column }}
    end as {{ column }},
    {%- endfor %}
    {%- for column in ['highest_lift', 'lift_low', 'lift_high', 'highest_lift_group'] %}
    -- A ratio says something only where zero means none.
    case when feature_catalog.is_zero_none then outcome_evidence.{{ column }} end
        as {{ column }},
    {%- endfor %}
    case
        when outcome_evidence.grouping = 'segments'
            then
                coalesce(
                    outcome_evidence.variance_explained_low
                    > best_baselines.variance_explained,
                    false
                )
    end as beats_baselines
from outcome_evidence
inner join feature_catalog on outcome_evidence.outcome = feature_catalog.feature
inner join outcome_groupings
    on
        outcome_evidence.objective = outcome_groupings.objective
        and outcome_evidence.grouping = outcome_groupings.grouping
inner join best_baselines
    on
        outcome_evidence.objective = best_baselines.objective
        and outcome_evidence.outcome = best_baselines.outcome
