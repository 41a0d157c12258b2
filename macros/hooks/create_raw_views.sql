{#
    A view in the schema raw for each source, on its files: every column as text. Models
    read it like any source, wherever the files are; without files it is empty.
#}
{% macro create_raw_views() %}
    {% set sources = graph.sources.values() if execute else [] %}
    {% for source in sources | sort(attribute='name') %}
        {% set files = source_files(source.name) %}
        {% do run_query("create schema if not exists " ~ source.schema) %}
        {% call statement('create_raw_view') %}
            create or replace view {{ source.schema }}.{{ source.name }} as
            {#- Columns in this order, and those that the files may leave out. #}
            select
                {%- for column in source.columns %}
                cast(null as varchar) as {{ column }}{{ ',' if not loop.last }}
                {%- endfor %}
            where false
            {%- if files %}
            union all by name
            select * from {{ text_table(files) }}
            {%- endif %}
        {% endcall %}
    {% endfor %}
    {#- dbt would undo what a hook does besides its own query. #}
    {% do adapter.commit() if sources %}
{% endmacro %}
