{#
    Segments that models give to the moved users: objective, user_id, segment_number. No
    rows for an objective whose model needs a column that the users do not have.

    Arguments:
        model_rows: rows of models
        users: a relation of user_id and features; none where there are none
#}
{% macro placements(model_rows, users) -%}
{%- set columns = columns_of(users) -%}
{%- for objective, rows in model_rows | groupby('objective')
    if not rows | map(attribute='feature') | reject('in', columns) | list %}
select
    '{{ objective }}' as objective,
    user_id,
    moved_segment_number as segment_number
from (
    with movers as (
        select users.*
        from {{ users }} as users
        inner join moved_users on users.user_id = moved_users.user_id
        where moved_users.objective = '{{ objective }}'
    ),

    {{ scoring_ctes('moved', rows | groupby('segment_number'), 'movers') }}

    select * from moved_nearest
)
union all
{%- endfor %}
select
    objective,
    user_id,
    segment_number
from moved_users
where false
{%- endmacro %}

{# Names of the columns of a relation; none where there is no relation. #}
{% macro columns_of(relation) %}
    {% set relation = load_relation(relation) if execute and relation %}
    {% if not relation %}
        {% do return([]) %}
    {% endif %}
    {% do return(
        adapter.get_columns_in_relation(relation) | map(attribute='name') | list
    ) %}
{% endmacro %}
