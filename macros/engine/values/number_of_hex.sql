{# The number that up to 15 hexadecimal digits stand for. #}
{% macro number_of_hex(digits) -%}
    {{ adapter.dispatch('number_of_hex')(digits) }}
{%- endmacro %}

{% macro default__number_of_hex(digits) -%}
    cast('0x' || {{ digits }} as bigint)
{%- endmacro %}

{% macro spark__number_of_hex(digits) -%}
    cast(conv({{ digits }}, 16, 10) as bigint)
{%- endmacro %}
