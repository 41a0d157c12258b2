{#
    A query that gives rows known while a model compiles.

    Arguments:
        rows: dicts
        types: type of each column, by name
#}
{% macro select_rows(rows, types) -%}
    {%- for row in rows %}
    {{- 'union all' if not loop.first }}
    select
        {%- for name, type in types.items() %}
        cast({{ literal_of(row[name]) }} as {{ type }}) as {{ name }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    {% else %}
    select
        {%- for name, type in types.items() %}
        cast(null as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    where false
    {%- endfor -%}
{%- endmacro %}

{# A value as SQL. #}
{% macro literal_of(value) -%}
    {%- if value is none -%} null
    {%- elif value is boolean or value is number -%} {{ value | string | lower }}
    {%- else -%} {{ text_literal(value) }}
    {%- endif -%}
{%- endmacro %}
