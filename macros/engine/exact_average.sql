{#
    Averages and sums that are the same to the last bit whatever the order of the rows:
    sums of floating-point numbers depend on it, sums of decimals do not. Eighteen
    places, and twenty digits before them.
#}
{% macro exact_average(expression) -%}
    cast(avg(cast({{ expression }} as decimal(38, 18))) as double)
{%- endmacro %}

{% macro exact_sum(expression) -%}
    cast(sum(cast({{ expression }} as decimal(38, 18))) as double)
{%- endmacro %}
