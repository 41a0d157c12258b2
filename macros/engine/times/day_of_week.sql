{# The day of the week of a date, from 1 for Monday to 7. #}
{% macro day_of_week(day) -%}
    {{ adapter.dispatch('day_of_week')(day) }}
{%- endmacro %}

{% macro default__day_of_week(day) -%}
    extract(isodow from {{ day }})
{%- endmacro %}

{% macro spark__day_of_week(day) -%}
    extract(dayofweek_iso from {{ day }})
{%- endmacro %}
