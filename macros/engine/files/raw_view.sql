{#
    A statement that makes a view on the files of a source: its columns in this order,
    every one as text, and null where the files leave one out.

    Arguments:
        source: the source
        files: path or glob; empty where there is nothing to read
#}
{% macro create_raw_view(source, files) %}
    {{ adapter.dispatch('create_raw_view')(source, files) }}
{% endmacro %}

{% macro default__create_raw_view(source, files) %}
    create or replace view {{ source.schema }}.{{ source.name }} as
    select
        {%- for column in source.columns %}
        cast(null as string) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    where false
    {%- if files %}
    union all by name
    select *
    from {{ text_table(files, identifiers_of(source), declared_format(source)) }}
    {%- endif %};
    comment on view {{ source.schema }}.{{ source.name }} is {{ local_text(files) }}
{% endmacro %}

{# Spark has no union by name in SQL, and so takes what columns there are. #}
{% macro spark__create_raw_view(source, files) %}
    {%- set format = declared_format(source) -%}
    {%- set present = file_headers(files, format) | map('lower') | list
        if files else [] -%}
    create or replace view {{ source.schema }}.{{ source.name }}
    comment {{ text_literal(files) }} as
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
            or column.config.meta.get('type') == 'id' %}
        {% do names.append(name) %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}

{#
    Whether a view is one on files.

    Arguments:
        definition: the comment on the view, in which its path or glob stands; of a view
            without one, what made it
        files: path or glob; empty where there are none
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
