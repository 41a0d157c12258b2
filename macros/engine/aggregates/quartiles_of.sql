{# An aggregate: the three quartiles as a list, between two values where need be. #}
{% macro quartiles_of(expression) -%}
    {{ adapter.dispatch('quartiles_of')(expression) }}
{%- endmacro %}

{% macro default__quartiles_of(expression) -%}
    quantile_cont({{ expression }}, [0.25, 0.5, 0.75])
{%- endmacro %}

{% macro spark__quartiles_of(expression) -%}
    percentile({{ expression }}, array(0.25, 0.5, 0.75))
{%- endmacro %}
