{# A time in UTC as clocks show it in the zone of the variable time_zone. #}
{% macro local_time(column) -%}
    {%- set time_zone = var('time_zone') -%}
    {%- if time_zone == 'UTC' -%}
        {{ column }}
    {%- else -%}
        {{ time_in_zone(column, time_zone) }}
    {%- endif -%}
{%- endmacro %}
