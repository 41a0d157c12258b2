{# Name, while tests run, the segmentations of a verdict: dbt only counts them. #}
{% macro tell_verdict(verdict) %}
    {% if execute and flags.WHICH in ['build', 'test'] %}
        {% set rows = run_query(
            "select objective, verdict_reason from " ~ ref('segmentations')
            ~ " where verdict = '" ~ verdict ~ "' order by objective"
        ) %}
        {% for row in rows %}
            {% do log("Objective " ~ row.objective ~ ": verdict " ~ verdict ~ ". "
                ~ row.verdict_reason, info=true) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
