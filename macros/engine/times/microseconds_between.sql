{# How many microseconds one time is after another. #}
{% macro microseconds_between(time, later_time) -%}
    {{ adapter.dispatch('microseconds_between')(time, later_time) }}
{%- endmacro %}

{% macro default__microseconds_between(time, later_time) -%}
    epoch_us({{ later_time }}) - epoch_us({{ time }})
{%- endmacro %}

{% macro spark__microseconds_between(time, later_time) -%}
    timestampdiff(microsecond, {{ time }}, {{ later_time }})
{%- endmacro %}
