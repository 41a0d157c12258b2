{# How often one whole number of 0 or more goes into another. #}
{% macro whole_quotient(number, divisor) -%}
    {{ adapter.dispatch('whole_quotient')(number, divisor) }}
{%- endmacro %}

{% macro default__whole_quotient(number, divisor) -%}
    {{ number }} // {{ divisor }}
{%- endmacro %}

{% macro spark__whole_quotient(number, divisor) -%}
    {{ number }} div {{ divisor }}
{%- endmacro %}
