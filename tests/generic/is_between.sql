{#
    Rows whose value lies outside a range, ends included. Null passes, as in dbt's own
    tests; nan counts as larger than every number.

    Arguments:
        minimum, maximum: the ends; leave one out where there is none
#}
{% test is_between(model, column_name, minimum=none, maximum=none) %}
    select {{ column_name }}
    from {{ model }}
    where
        false
        {%- if minimum is not none %}
        or {{ column_name }} < {{ minimum }}
        {%- endif %}
        {%- if maximum is not none %}
        or {{ column_name }} > {{ maximum }}
        {%- endif %}
{% endtest %}
