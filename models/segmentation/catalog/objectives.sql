{%- set objectives = objectives() -%}
{#- A hook checks them against the catalogue; dbt parses this before. -#}
{%- do check_objectives(objectives, []) -%}

{% for name, objective in objectives.items() %}
select
    '{{ name }}' as objective,
    {{ loop.index }} as objective_number,
    cast({{ text_literal(objective.get('outcome')) }} as string) as outcome,
    '{{ objective.technique | default("kmeans") }}' as technique,
    '{{ objective.segment_count }}' as segment_count,
    {{ var('fallback_segment_count') }} as fallback_segment_count,
    cast({{ objective.model_version | default('null') }} as integer) as pinned_version
{{ 'union all' if not loop.last }}
{%- endfor %}
