{#
    Say at the end of a run whose logs are mostly of users without a profile: among the
    lines of a build it is easily passed over.

    Argument:
        results: the results of the run, as dbt gives them to on-run-end
#}
{% macro tell_unknown_users(results) %}
    {% for result in results
        if result.node.unique_id == 'model.user_segmentation.sources'
        and result.status == 'success' %}
        {% for row in run_query(
            "select finding from " ~ result.node.relation_name
            ~ " where finding is not null order by source"
        ) %}
            {% do log(row[0], info=true) %}
        {% endfor %}
    {% endfor %}
{% endmacro %}
