{# A name as an identifier of the engine: dbt leaves the quotes that are in it. #}
{% macro quoted_name(name) -%}
    {{ adapter.dispatch('quoted_name')(name) }}
{%- endmacro %}

{% macro default__quoted_name(name) -%}
    {{ adapter.quote(name | replace('"', '""')) }}
{%- endmacro %}

{% macro spark__quoted_name(name) -%}
    {{ adapter.quote(name | replace('`', '``')) }}
{%- endmacro %}
