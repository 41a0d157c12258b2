{#
    An aggregate: the values of a group as a list, in an order of their own. Spark's
    aggregates have no order, but pairs can be sorted.

    Arguments:
        expression: what the list holds
        order_by: one expression
#}
{% macro ordered_list(expression, order_by) -%}
    {{ adapter.dispatch('ordered_list')(expression, order_by) }}
{%- endmacro %}

{% macro default__ordered_list(expression, order_by) -%}
    list({{ expression }} order by {{ order_by }})
{%- endmacro %}

{% macro spark__ordered_list(expression, order_by) -%}
    transform(
        array_sort(
            collect_list(struct({{ order_by }} as place, {{ expression }} as entry))
        ),
        pair -> pair.entry
    )
{%- endmacro %}
