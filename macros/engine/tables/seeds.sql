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

{# dbt-spark takes the columns of a text seed for what their values look like. #}
{% macro spark__create_csv_table(model, agate_table) %}
    {% if not model.config.meta.get('is_text') %}
        {% do return(dbt.spark__create_csv_table(model, agate_table)) %}
    {% endif %}
    {% call statement('create_csv_table') %}
        create table {{ this }} (
            {%- for column in seed_rows(model)[0] %}
            {{ adapter.quote(column) }} string{{ ',' if not loop.last }}
            {%- endfor %}
        )
        {{ file_format_clause() }}
    {% endcall %}
{% endmacro %}

{#
    Rows of a seed as DuckDB reads its file, a column's cast in one place. dbt-spark's
    own macro asks for the type of a column once for every value, and with method
    session makes the text None of null and ends a text at its first quote.
#}
{% macro spark__load_csv_rows(model, agate_table) %}
    {% set columns, rows = seed_rows(model) %}
    {% set types = {} %}
    {% for column in adapter.get_columns_in_relation(this) %}
        {% do types.update({column.name | lower: column.dtype}) %}
    {% endfor %}
    {% set statements = [] %}
    {#- In one part each, so that rows keep their order. #}
    {% for chunk in rows | batch(5000) %}
        {% set sql %}
            insert into {{ this }} (
                {%- for column in columns %}
                {{ adapter.quote(column) }}{{ ',' if not loop.last }}
                {%- endfor %}
            )
            select /*+ coalesce(1) */
                {%- for column in columns %}
                cast(c{{ loop.index }} as {{ types[column | lower] }})
                {{- ',' if not loop.last }}
                {%- endfor %}
            from values
            {%- for row in chunk %}
            ({% for value in row %}{{ text_literal(value) }}
            {{- ', ' if not loop.last }}{% endfor %}){{ ',' if not loop.last }}
            {%- endfor %}
            as texts (
                {%- for column in columns %}c{{ loop.index }}
                {{- ', ' if not loop.last }}{% endfor -%}
            )
        {% endset %}
        {% do adapter.add_query(sql, abridge_sql_log=True) %}
        {% do statements.append(sql) %}
    {% endfor %}
    {% do return(statements[0] if statements else '') %}
{% endmacro %}

{# Columns and rows of a seed's file, all as text. #}
{% macro seed_rows(model) %}
    {% set all = adapter.local_rows(
        'select * from ' ~ csv_table(model.root_path ~ '/' ~ model.original_file_path)
    ) %}
    {% do return((all[0], all[1:])) %}
{% endmacro %}

{# A text or null as a literal of the engine. #}
{% macro text_literal(text) -%}
    {%- if text is none -%}
        null
    {%- else -%}
        '{{ escape_single_quotes(text) }}'
    {%- endif -%}
{%- endmacro %}
