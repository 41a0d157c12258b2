{# A time that no other is before. #}
{% macro earliest_time() -%}
    {{ adapter.dispatch('earliest_time')() }}
{%- endmacro %}

{% macro default__earliest_time() -%}
    timestamp '-infinity'
{%- endmacro %}

{# Spark knows no infinite times, and none before this year. #}
{% macro spark__earliest_time() -%}
    timestamp '0001-01-01'
{%- endmacro %}
