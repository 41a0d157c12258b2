{#
    What builds go on from stays as it is where a build has no users: under --empty, and
    in what is run alone after it. Everybody would seem to have left, and come again.
    Incremental models then add nothing, and are not made anew; a snapshot and a
    `kept_table` would lose their rows, and are left alone.
#}
{% macro is_kept() %}
    {% if not load_relation(this) %}
        {% do return(false) %}
    {% endif %}
    {% for name, schema in [
        ('stg_users', 'staging'), ('user_segments', 'segmentation'),
    ] %}
        {% set users = left_by_last_build(name, schema) %}
        {% if not users
            or not run_query('select 1 from ' ~ users ~ ' limit 1') | length %}
            {% do return(true) %}
        {% endif %}
    {% endfor %}
    {% do return(flags.EMPTY) %}
{% endmacro %}

{# What a materialization returns that leaves its table alone. #}
{% macro kept() %}
    {% do log(this.identifier ~ " stays as it is: this build has no users.", info=true) %}
    {% call noop_statement('main', 'KEPT') %}{% endcall %}
    {% do return({'relations': [this]}) %}
{% endmacro %}

{% materialization kept_table, default %}
    {{ return(kept() if is_kept() else adapter.dispatch('make_table')()) }}
{% endmaterialization %}

{% macro default__make_table() %}
    {% do return(dbt.materialization_table_duckdb()) %}
{% endmacro %}

{% macro spark__make_table() %}
    {% do return(dbt.materialization_table_spark()) %}
{% endmacro %}

{% materialization snapshot, adapter='duckdb' %}
    {{ return(kept() if is_kept() else dbt.materialization_snapshot_default()) }}
{% endmaterialization %}

{# dbt's own answer, but for --empty: rows that no file has any more would be lost. #}
{% macro should_full_refresh() %}
    {% do return(not flags.EMPTY and dbt.should_full_refresh()) %}
{% endmacro %}
