{#
    Say what the tests found that failed or warned: dbt only counts the rows. A row tells
    by its column `finding` or, without one, by its values.

    Argument:
        results: the results of the run, as dbt gives them to on-run-end
#}
{% macro tell_findings(results) %}
    {% set most_rows = 12 %}
    {% for result in results if execute and result.node.resource_type == 'test'
        and result.status in ['fail', 'warn'] and result.node.compiled_code
        and result.node.package_name == 'user_segmentation' %}
        {% set rows = run_query(
            "select * from (\n" ~ result.node.compiled_code ~ "\n) as findings limit "
            ~ most_rows
        ) %}
        {% for row in rows %}
            {% do log(row.finding or result.node.name ~ ": " ~ told_values(row), info=true) %}
        {% endfor %}
        {% if result.failures > most_rows %}
            {% do log(result.node.name ~ ": and " ~ (result.failures - most_rows)
                ~ " rows more.", info=true) %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{# The values of a row under their names; of a wide one the first. #}
{% macro told_values(row) %}
    {% set values = [] %}
    {% for column, value in row.dict().items() %}
        {% do values.append(column ~ " is " ~ ('null' if value is none else value)) %}
    {% endfor %}
    {% do return(values[:8] | join(', ')) %}
{% endmacro %}
