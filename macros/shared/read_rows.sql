{#
    The rows of a small table, read while a model compiles, as a list of dicts in the
    order of `order_by`. Empty while dbt parses, and where the table is not built yet.
#}
{% macro read_rows(relation, order_by) %}
    {#- As it is in the database: under `--empty`, dbt gives a relation without rows. #}
    {% set table = load_relation(relation) if execute %}
    {% if not table %}
        {% do return([]) %}
    {% endif %}
    {% set rows = run_query('select * from ' ~ table ~ ' order by ' ~ order_by) %}
    {% set dicts = [] %}
    {% for row in rows %}
        {% do dicts.append(row.dict()) %}
    {% endfor %}
    {% do return(dicts) %}
{% endmacro %}
