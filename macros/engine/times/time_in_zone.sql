{# A time in UTC as clocks show it in a zone. #}
{% macro time_in_zone(column, time_zone) -%}
    {{ adapter.dispatch('time_in_zone')(column, time_zone) }}
{%- endmacro %}

{% macro default__time_in_zone(column, time_zone) -%}
    timezone('{{ escape_single_quotes(time_zone) }}', timezone('UTC', {{ column }}))
{%- endmacro %}

{% macro spark__time_in_zone(column, time_zone) -%}
    convert_timezone('UTC', '{{ escape_single_quotes(time_zone) }}', {{ column }})
{%- endmacro %}
