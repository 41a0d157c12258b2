{#
    How the users of the training sample are spread over bins: rows of feature, edges,
    shares and user_count. A value belongs to the bin of the number of edges below it,
    so that there is one bin more than edges.

    Argument:
        edges: a relation of feature and edges
#}
{% macro binned_users(edges) -%}
    with counts as (
        {{ users_by_edge(edges) | indent(8) }}
    ),

    bins as (
        select
            *,
            {{ each_of("array_append(edges, cast('infinity' as double))") }} as edge
        from counts
    )

    select
        feature,
        edges,
        {{ ordered_list('coalesce(users_up_to[edge], 0) / nullif(user_count, 0)', 'edge') }}
            as shares,
        user_count
    from bins
    group by feature, edges, user_count
{%- endmacro %}
