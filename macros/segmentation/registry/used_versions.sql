{# A query for which model of each objective scores users. #}
{% macro used_versions() -%}
    select distinct
        objective,
        model_version
    from {{ ref('model_registry') }}
    where is_current
{%- endmacro %}
