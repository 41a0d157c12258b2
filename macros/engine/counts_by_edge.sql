{#
    An aggregate: a map from edges to the number of values that are at most the edge, and
    above the edge before. The values above all edges are under infinity; an edge may be
    missing where it counts none.

    Arguments:
        expression: the values
        edges: a list of edges in order, the same for the whole group
#}
{% macro counts_by_edge(expression, edges) -%}
    {{ adapter.dispatch('counts_by_edge')(expression, edges) }}
{%- endmacro %}

{% macro default__counts_by_edge(expression, edges) -%}
    histogram({{ expression }}, {{ edges }})
{%- endmacro %}

{#- Spark has no histogram over given edges: the number of edges below each value is
    the place of its bin. #}
{% macro spark__counts_by_edge(expression, edges) -%}
    map_from_arrays(
        array_append({{ edges }}, cast('infinity' as double)),
        transform(
            sequence(0, size({{ edges }})),
            place -> size(
                filter(
                    collect_list(
                        size(filter({{ edges }}, edge -> edge < {{ expression }}))
                    ),
                    bin -> bin = place
                )
            )
        )
    )
{%- endmacro %}
