{#
    A query for what the build before left in a table: the columns that are named, of
    no rows where there is no table. What an older version of the project did not have
    in it is null.

    Arguments:
        name: name of the model or snapshot
        columns: types of the columns, by name
        schema: its schema
#}
{% macro rows_of_last_build(name, columns, schema='segmentation') -%}
    {%- set relation = left_by_last_build(name, schema) -%}
    select
        {%- for column in columns %}
        {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from (
        select
            {%- for column, type in columns.items() %}
            cast(null as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        where false
        {%- if relation %}
        union all by name
        select * from {{ relation }}
        {%- endif %}
    ) as left_rows
{%- endmacro %}
