{#
    How many users of the training sample have a value up to which edge: rows of
    feature, edges, users_up_to and user_count. In the map users_up_to a user is under
    the first edge that the value is not above, or under infinity; an edge that counts
    nobody may be missing. Users of whom a feature is not known are not counted.

    Argument:
        edges: a relation of feature and edges
#}
{% macro users_by_edge(edges) -%}
    {#- Named before the loop, which has no rounds while dbt looks for refs. -#}
    {%- set training_users = ref('training_users') -%}
    {{ adapter.dispatch('users_by_edge')(edges, training_users) }}
{%- endmacro %}

{% macro default__users_by_edge(edges, users) -%}
    {%- for row in catalog_features() %}
    select
        edges.feature,
        edges.edges,
        histogram(cast(users.{{ row.feature }} as double), edges.edges) as users_up_to,
        count(users.{{ row.feature }}) as user_count
    from {{ users }} as users
    inner join {{ edges }} as edges on edges.feature = '{{ row.feature }}'
    group by edges.feature, edges.edges
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Spark has no histogram over given edges; the number of edges below a value tells the
    first that it is not above. #}
{% macro spark__users_by_edge(edges, users) -%}
    select
        feature,
        edges,
        map_from_entries(collect_list(struct(edge, edge_user_count))) as users_up_to,
        sum(edge_user_count) as user_count
    from (
        select
            edges.feature,
            edges.edges,
            coalesce(
                get(
                    edges.edges,
                    size(filter(edges.edges, edge -> edge < feature_values.value))
                ),
                cast('infinity' as double)
            ) as edge,
            count(*) as edge_user_count
        from ({{ feature_values(users) }}) as feature_values
        inner join {{ edges }} as edges on feature_values.feature = edges.feature
        where feature_values.value is not null
        group by 1, 2, 3
    ) as counts
    group by feature, edges
{%- endmacro %}
