{#
    Sums and averages that are the same to the last bit whatever the order of the rows:
    sums of floating-point numbers depend on it, sums of decimals do not. Eighteen
    places, and twenty digits before them.
#}
{% macro exact_sum(expression) -%}
    cast(sum({{ exact(expression) }}) as double)
{%- endmacro %}

{% macro exact(expression) -%}
    cast({{ expression }} as decimal(38, 18))
{%- endmacro %}

{#
    The average of numbers from 0 to 1. On DuckDB in whole units of 10^-18,
    which cost less than half of decimals; Spark averages whole numbers as
    floating-point ones.
#}
{% macro exact_average_of_shares(expression) -%}
    {{ adapter.dispatch('exact_average_of_shares')(expression) }}
{%- endmacro %}

{% macro default__exact_average_of_shares(expression) -%}
    avg(cast(1e18 * ({{ expression }}) as bigint)) / 1e18
{%- endmacro %}

{% macro spark__exact_average_of_shares(expression) -%}
    cast(avg({{ exact(expression) }}) as double)
{%- endmacro %}
