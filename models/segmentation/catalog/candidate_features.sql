{%- set objectives = objectives() -%}
{#- Here too, for dbt may parse this model before `objectives`. -#}
{%- do check_objectives(objectives, []) -%}

with objectives as (
    select * from {{ ref('objectives') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

feature_sources as (
    select * from {{ ref('feature_sources') }}
),

blocks as (
    {%- for name, objective in objectives.items() %}
    {%- set is_last_objective = loop.last %}
    {%- for block, weight in objective.block_weights.items() %}
    select
        '{{ name }}' as objective,
        '{{ block }}' as block,
        cast({{ weight }} as double) as weight
    {{ 'union all' if not (loop.last and is_last_objective) }}
    {%- endfor %}
    {%- endfor %}
),

-- A feature that shares a raw column with the outcome knows too much of it.
outcome_relatives as (
    select
        objectives.objective,
        relatives.feature
    from objectives
    inner join feature_sources as outcomes on objectives.outcome = outcomes.feature
    inner join feature_sources as relatives on outcomes.source = relatives.source
)

select
    blocks.objective,
    feature_catalog.feature,
    feature_catalog.source,
    feature_catalog.kind,
    feature_catalog.transform,
    feature_catalog.may_be_mostly_unknown,
    blocks.block,
    blocks.weight
from blocks
inner join feature_catalog on blocks.block = feature_catalog.block
anti join outcome_relatives
    on
        blocks.objective = outcome_relatives.objective
        and feature_catalog.feature = outcome_relatives.feature
where feature_catalog.role = 'basis'
