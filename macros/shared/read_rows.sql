{#
    The rows of a small table, read while a model compiles, as a list of dicts in the
    order of `order_by`. Empty while dbt parses, and where the table is not built yet.

    Argument:
        condition: of the rows that are read; all where it is left out
#}
{% macro read_rows(relation, order_by, condition='true') %}
    {#- As it is in the database: under `--empty`, dbt gives a relation without rows. #}
    {% set table = load_relation(relation) if execute and relation %}
    {% if not table %}
        {% do return([]) %}
    {% endif %}
    {% set rows = run_query(
        'select * from ' ~ table ~ ' where ' ~ condition ~ ' order by ' ~ order_by
    ) %}
    {% set dicts = [] %}
    {% for row in rows %}
        {% do dicts.append(row.dict()) %}
    {% endfor %}
    {% do return(dicts) %}
{% endmacro %}
