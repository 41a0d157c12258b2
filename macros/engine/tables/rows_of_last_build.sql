{#
    A query for what the build before left in one of `left_tables`: no rows where there
    is no such table. What an older version of the project did not have in it is null.
#}
{% macro rows_of_last_build(name, schema='segmentation') -%}
    {%- set relation = left_by_last_build(name, schema) -%}
    {%- set left_columns = get_columns_in_query('select * from ' ~ relation)
        if execute and relation else [] -%}
    select
        {%- for column, type in left_tables()[name].items() %}
        cast({{ column if column in left_columns else 'null' }} as {{ type }})
            as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    {{ 'from ' ~ relation if relation else 'where false' }}
{%- endmacro %}
