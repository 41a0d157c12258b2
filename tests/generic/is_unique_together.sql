{#
    Values of the columns that do not identify a row: they stand in more than one, or
    one of them is null.

    Argument:
        columns: names of columns, or expressions of them
#}
{% test is_unique_together(model, columns) %}
    select
        {{ columns | join(',\n        ') }},
        count(*) as row_count
    from {{ model }}
    group by all
    having
        count(*) > 1
        {%- for column in columns %}
        or {{ column }} is null
        {%- endfor %}
{% endtest %}
