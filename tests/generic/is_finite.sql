{# Rows whose number is infinite or nan. Null passes, as in dbt's own tests. #}
{% test is_finite(model, column_name) %}
    select {{ column_name }}
    from {{ model }}
    where not {{ is_finite(column_name) }}
{% endtest %}
