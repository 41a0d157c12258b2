{#
    A statement that makes a view on the files of a source: its columns in this order,
    every one as text, and null where the files leave one out.

    Arguments:
        source: the source
        files: path or glob; empty where there is nothing to read
#}
{% macro create_raw_view(source, files) %}
    {%- set log = declared_log(source.name) -%}
    {{ adapter.dispatch('create_commented_view')(
        source.schema ~ '.' ~ source.name,
        raw_view_comment(source, files),
        log_rows(source, log, files) if log
            else adapter.dispatch('raw_rows')(source, files),
    ) }}
{% endmacro %}

{# By what a view is told from one on other files, or on the same in other columns. #}
{% macro raw_view_comment(source, files) %}
    {% set log = declared_log(source.name) %}
    {% do return(
        files ~ (' as ' ~ local_md5(log_declaration(source.name, log)) if log else '')
    ) %}
{% endmacro %}

{% macro default__create_commented_view(view, comment, query) %}
    create or replace view {{ view }} as
    {{ query }};
    comment on view {{ view }} is {{ local_text(comment) }}
{% endmacro %}

{% macro spark__create_commented_view(view, comment, query) %}
    create or replace view {{ view }}
    comment {{ text_literal(comment) }} as
    {{ query }}
{% endmacro %}

{% macro default__raw_rows(source, files) %}
    select
        {%- for column in source.columns %}
        cast(null as string) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    where false
    {%- if files %}
    union all by name
    select *
    from {{ text_table(files, identifiers_of(source), declared_format(source)) }}
    {%- endif %}
{% endmacro %}

{# Spark has no union by name in SQL, and so takes what columns there are. #}
{% macro spark__raw_rows(source, files) %}
    {%- set format = declared_format(source) -%}
    {%- set present = file_headers(files, format) | map('lower') | list
        if files else [] -%}
    select
        {%- for column in source.columns %}
        {{ column if column in present else 'cast(null as string)' }} as {{ column }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    {%- if files %}
    from {{ text_table(files, identifiers_of(source), format) }}
    {%- else %}
    where false
    {%- endif %}
{% endmacro %}

{# Headers of the columns of a table with identifiers. #}
{% macro identifiers_of(source) %}
    {% set names = [] %}
    {% for name, column in source.columns.items()
        if column.config.meta.get('is_identifier')
            or column.config.meta.get('type') in ['id', 'text'] %}
        {% do names.append(name) %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}

{#
    Whether a view is one on files.

    Arguments:
        definition: the comment on the view, in which its path or glob stands; of a view
            without one, what made it
        files: the comment that it would have; empty where there are no files
#}
{% macro is_view_of(definition, files) %}
    {% do return(adapter.dispatch('is_view_of')(definition, files)) %}
{% endmacro %}

{% macro default__is_view_of(definition, files) %}
    {#- Without a comment it was made by an earlier version of the project. #}
    {% if not definition.startswith('CREATE ') %}
        {% do return(definition == files) %}
    {% endif %}
    {% do return(
        local_text(files) in definition if files else 'read_' not in definition
    ) %}
{% endmacro %}

{% macro spark__is_view_of(definition, files) %}
    {% if files %}
        {% do return(text_literal(files) in definition) %}
    {% endif %}
    {% do return('where false' in definition | lower) %}
{% endmacro %}

{# What made a view, as text; nothing where there is no such view. #}
{% macro view_definition(schema, name) %}
    {% do return(adapter.dispatch('view_definition')(schema, name)) %}
{% endmacro %}

{% macro default__view_definition(schema, name) %}
    {% set rows = run_query(
        "select coalesce(nullif(comment, ''), sql) from duckdb_views() "
        ~ "where schema_name = '" ~ schema ~ "' and view_name = '" ~ name ~ "'"
    ) %}
    {% do return(rows[0][0] if rows | length else '') %}
{% endmacro %}

{# Spark keeps no table of all views. #}
{% macro spark__view_definition(schema, name) %}
    {% if adapter.get_relation(none, schema, name) %}
        {% do return(run_query('show create table ' ~ schema ~ '.' ~ name)[0][0]) %}
    {% endif %}
    {% do return('') %}
{% endmacro %}
