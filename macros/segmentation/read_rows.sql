{#
    The rows of a small table, read while a model compiles, as a list of dicts in the
    order of `order_by`. Empty while dbt parses, and where the table is not built yet.
#}
{% macro read_rows(relation, order_by) %}
    {% if not execute or not load_relation(relation) %}
        {% do return([]) %}
    {% endif %}
    {% set rows = run_query('select * from ' ~ relation ~ ' order by ' ~ order_by) %}
    {% set dicts = [] %}
    {% for row in rows %}
        {% do dicts.append(row.dict()) %}
    {% endfor %}
    {% do return(dicts) %}
{% endmacro %}
