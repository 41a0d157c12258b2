{# Name, while tests run, the protected answers that segments go with. #}
{% macro tell_association() %}
    {% if execute and flags.WHICH in ['build', 'test'] %}
        {% set rows = run_query(
            "select * from " ~ ref('protected_attribute_audit')
            ~ " where is_flagged order by objective, attribute"
        ) %}
        {% for row in rows %}
            {% do log("Objective " ~ row.objective ~ ": its segments go with "
                ~ row.attribute ~ ", a protected answer: an association of "
                ~ row.cramers_v ~ " (Cramer's V), where max_protected_association is "
                ~ row.threshold ~ ".", info=true) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
