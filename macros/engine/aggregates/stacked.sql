{#
    Columns below one another: a row for each of several lists of expressions, for every
    row of a relation.

    Arguments:
        relation: what stands after `from`
        rows: mappings of columns to expressions, all with the same columns
        kept: columns of the relation that every row keeps
#}
{% macro stacked(relation, rows, kept=[]) -%}
    {#- No rows while dbt parses. -#}
    {{ adapter.dispatch('stacked')(relation, rows, kept) if rows }}
{%- endmacro %}

{% macro default__stacked(relation, rows, kept) -%}
    {%- for row in rows %}
    select
        {%- for column in kept %}
        {{ column }},
        {%- endfor %}
        {%- for column, expression in row.items() %}
        {{ expression }} as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Spark would make the relation once for every branch of a union. #}
{% macro spark__stacked(relation, rows, kept) -%}
    select
        {%- for column in kept %}
        {{ column }},
        {%- endfor %}
        stack(
            {{ rows | length }},
            {%- for row in rows %}
            {{ row.values() | join(',\n            ') }}{{ ',' if not loop.last }}
            {%- endfor %}
        ) as ({{ rows[0].keys() | join(', ') }})
    from {{ relation }}
{%- endmacro %}
