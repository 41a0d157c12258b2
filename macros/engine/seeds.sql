{#
    Seeds by the names of their columns, where dbt loads them by position into the table
    that an earlier build left: a file with its columns in another order, or with
    another header, would end up in the wrong columns without a word.
#}
{% macro duckdb__reset_csv_table(model, full_refresh, old_relation, agate_table) %}
    {% do adapter.drop_relation(old_relation) %}
    {% do return(create_csv_table(model, agate_table)) %}
{% endmacro %}

{# A seed with `meta: {is_text: true}` has the columns of its file, every one as text. #}
{% macro duckdb__create_csv_table(model, agate_table) %}
    {% if not model.config.meta.get('is_text') %}
        {% do return(default__create_csv_table(model, agate_table)) %}
    {% endif %}
    {% call statement('create_csv_table') %}
        create table {{ this }} as
        select * from {{ csv_table(adapter.get_seed_file_path(model)) }}
        where false
    {% endcall %}
{% endmacro %}

{% macro duckdb__load_csv_rows(model, agate_table) %}
    {% set sql %}
        insert into {{ this }} by name
        select * from {{ csv_table(adapter.get_seed_file_path(model)) }}
    {% endset %}
    {% do adapter.add_query(sql) %}
    {% do return(sql) %}
{% endmacro %}
