{%- set objectives = var('objectives') -%}
{#- Here too, for dbt may parse this model before `objectives`. -#}
{%- do check_objectives(objectives, []) -%}

{% for name, objective in objectives.items() %}
{%- set is_last_objective = loop.last %}
{%- for block, weight in objective.block_weights.items() %}
select
    '{{ name }}' as objective,
    '{{ block }}' as block,
    cast({{ weight }} as double) as weight
{{ 'union all' if not (loop.last and is_last_objective) }}
{%- endfor %}
{%- endfor %}
