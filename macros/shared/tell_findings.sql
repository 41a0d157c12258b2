{#
    Say, while tests run, what each row that a test finds means: dbt only counts them.

    Argument:
        sql: the test, with a column `finding`
#}
{% macro tell_findings(sql) %}
    {% if execute and flags.WHICH in ['build', 'test'] %}
        {% for row in run_query(sql) %}
            {% do log(row.finding, info=true) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
