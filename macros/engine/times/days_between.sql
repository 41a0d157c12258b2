{# How many days after one day another is; below zero where it is before it. #}
{% macro days_between(day, later_day) -%}
    {{ adapter.dispatch('days_between')(day, later_day) }}
{%- endmacro %}

{% macro default__days_between(day, later_day) -%}
    date_diff('day', {{ day }}, {{ later_day }})
{%- endmacro %}

{#- Spark's function takes the later day first, and counts in 32 bits. #}
{% macro spark__days_between(day, later_day) -%}
    cast(datediff({{ later_day }}, {{ day }}) as bigint)
{%- endmacro %}
