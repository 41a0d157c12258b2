{#
    An aggregate: the smallest of the values that a share of them does not exceed.

    Arguments:
        expression: of the values; null counts nowhere
        share: a number from 0 to 1
        condition: which rows count; all where it is left out
#}
{% macro quantile_of(expression, share, condition='true') -%}
    {{ adapter.dispatch('quantile_of')(expression, share, condition) }}
{%- endmacro %}

{% macro default__quantile_of(expression, share, condition) -%}
    quantile_disc({{ expression }}, {{ share }}) filter (where {{ condition }})
{%- endmacro %}

{#- A little less than the share, because the number of rows times 0.7 may come out above
    a whole number, and the place after it count. #}
{% macro spark__quantile_of(expression, share, condition) -%}
    percentile_disc({{ share }}D - 1e-12) within group (order by {{ expression }})
        filter (where {{ condition }})
{%- endmacro %}
