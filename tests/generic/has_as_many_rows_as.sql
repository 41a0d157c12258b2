{#
    The numbers of rows of two tables, where they differ.

    Argument:
        other: the other table
#}
{% test has_as_many_rows_as(model, other) %}
    select *
    from (
        select
            (select count(*) from {{ model }}) as row_count,
            (select count(*) from {{ other }}) as other_row_count
    ) as row_counts
    where row_count <> other_row_count
{% endtest %}
