{%- set objectives = var('objectives') -%}
{%- do check_objectives(objectives, catalog_features()) -%}

{% for name, objective in objectives.items() %}
select
    '{{ name }}' as objective,
    '{{ objective.outcome }}' as outcome,
    '{{ objective.technique | default("kmeans") }}' as technique,
    '{{ objective.segment_count }}' as segment_count,
    {{ var('fallback_segment_count') }} as fallback_segment_count
{{ 'union all' if not loop.last }}
{%- endfor %}
