{#
    Rows in which one of the columns is null: the test `not_null` for many columns in
    one read.

    Argument:
        columns: names of columns
#}
{% test values_are_not_null(model, columns) %}
    select {{ columns | join(', ') }}
    from {{ model }}
    where {{ columns | join(' is null or ') }} is null
{% endtest %}
