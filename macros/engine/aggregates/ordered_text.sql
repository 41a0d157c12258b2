{#
    An aggregate: the texts of a group as one, in an order of their own, which the
    engines write in different places.

    Arguments:
        expression: a text
        separator: what stands between two texts
        order_by: one expression or several, as after `order by`
        condition: which rows count; all where it is left out
#}
{% macro ordered_text(expression, separator, order_by, condition=none) -%}
    {{ adapter.dispatch('ordered_text')(expression, separator, order_by) }}
    {{- ' filter (where ' ~ condition ~ ')' if condition }}
{%- endmacro %}

{% macro default__ordered_text(expression, separator, order_by) -%}
    string_agg({{ expression }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}

{% macro spark__ordered_text(expression, separator, order_by) -%}
    listagg({{ expression }}, '{{ separator }}') within group (order by {{ order_by }})
{%- endmacro %}
