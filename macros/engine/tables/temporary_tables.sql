{#
    Drop the tables that dbt leaves behind: dbt-duckdb writes what an incremental Python
    model returns to a table of a new name in each build, and forgets it. A build that
    is killed leaves others, which the next one drops before it begins.
#}
{% macro drop_temporary_tables() %}
    {% if execute %}
        {{ adapter.dispatch('drop_temporary_tables')() }}
    {% endif %}
{% endmacro %}

{% macro default__drop_temporary_tables() %}
    {% set schemas, models = [], [] %}
    {% for node in graph.nodes.values()
        if node.resource_type in ['seed', 'model', 'snapshot'] %}
        {% do schemas.append(local_text(node.schema)) %}
        {% do models.append(node.alias) if node.resource_type == 'model' %}
    {% endfor %}
    {#- In schemas that are not the project's, what bears the name of a model. #}
    {% set left_behind = run_query(
        "select kind, schema_name, name from ("
        ~ "select 'table' as kind, database_name, schema_name, table_name as name "
        ~ "from duckdb_tables() union all "
        ~ "select 'view', database_name, schema_name, view_name from duckdb_views()"
        ~ ") where database_name = current_database() and ("
        ~ "schema_name in (" ~ schemas | unique | join(', ') ~ ") "
        ~ "and regexp_full_match(name, '.+__dbt_(tmp|backup)[0-9]*', 's') "
        ~ "or regexp_full_match(name, '(" ~ models | join('|') ~ ")__dbt_tmp[0-9]+'))"
    ) %}
    {% for kind, schema, name in left_behind %}
        {% do run_query(
            'drop ' ~ kind ~ ' ' ~ quoted_name(schema) ~ '.' ~ quoted_name(name)
        ) %}
    {% endfor %}
{% endmacro %}

{# On Spark the project's own macro drops them. #}
{% macro spark__drop_temporary_tables() %}
{% endmacro %}
