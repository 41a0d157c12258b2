{# A time in UTC as clocks show it in the zone of the variable time_zone. #}
{% macro local_time(column) -%}
    {%- set time_zone = var('time_zone') -%}
    {%- if time_zone == 'UTC' -%}
        {{ column }}
    {%- else -%}
        timezone('{{ escape_single_quotes(time_zone) }}', timezone('UTC', {{ column }}))
    {%- endif -%}
{%- endmacro %}
