{#
    Drop the tables that dbt leaves behind: dbt-duckdb writes what an incremental Python
    model returns to a table of a new name in each build, and forgets it.
#}
{% macro drop_temporary_tables() %}
    {% if execute %}
        {{ adapter.dispatch('drop_temporary_tables')() }}
    {% endif %}
{% endmacro %}

{% macro default__drop_temporary_tables() %}
    {% set names = [] %}
    {% for node in graph.nodes.values()
        if node.resource_type == 'model' and node.language == 'python' %}
        {% do names.append(node.alias) %}
    {% endfor %}
    {% set left_behind = run_query(
        "select schema_name || '.' || table_name from duckdb_tables() "
        ~ "where database_name = current_database() and regexp_full_match(table_name, '("
        ~ names | join('|') ~ ")__dbt_tmp[0-9]+')"
    ) %}
    {% for row in left_behind %}
        {% do run_query('drop table ' ~ row[0]) %}
    {% endfor %}
{% endmacro %}

{# On Spark the project's own macro drops them. #}
{% macro spark__drop_temporary_tables() %}
{% endmacro %}
