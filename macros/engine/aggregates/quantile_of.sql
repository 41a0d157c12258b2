{#
    An aggregate: the smallest of the values that a share of them does not exceed.

    Arguments:
        expression: of the values; null counts nowhere
        share: a number from 0 to 1
#}
{% macro quantile_of(expression, share) -%}
    {{ adapter.dispatch('quantile_of')(expression, share) }}
{%- endmacro %}

{% macro default__quantile_of(expression, share) -%}
    quantile_disc({{ expression }}, {{ share }})
{%- endmacro %}

{#- A little less than the share, because the number of rows times 0.05 may come out
    above a whole number, and the place after it count. #}
{% macro spark__quantile_of(expression, share) -%}
    percentile_disc({{ share }}D - 1e-12) within group (order by {{ expression }})
{%- endmacro %}
