{#
    How the users of the training sample are spread over bins: rows of feature, edges,
    shares and user_count. A value belongs to the bin of the number of edges below it,
    so that there is one bin more than edges.

    Argument:
        edges: a relation of feature and edges
#}
{% macro binned_users(edges) -%}
    {#- Named before the loop, which has no rounds while dbt looks for refs. -#}
    {%- set training_users = ref('training_users') -%}
    with counts as (
        {%- for row in catalog_features() %}
        select
            edges.feature,
            edges.edges,
            {{ counts_by_edge(
                'cast(training_users.' ~ row.feature ~ ' as double)', 'edges.edges'
            ) }} as users_up_to,
            count(*) as user_count
        from {{ training_users }} as training_users
        inner join {{ edges }} as edges on edges.feature = '{{ row.feature }}'
        group by edges.feature, edges.edges
        {{ 'union all' if not loop.last }}
        {%- endfor %}
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
        {{ ordered_list('coalesce(users_up_to[edge], 0) / user_count', 'edge') }}
            as shares,
        user_count
    from bins
    group by feature, edges, user_count
{%- endmacro %}
