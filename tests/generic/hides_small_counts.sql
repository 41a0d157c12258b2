{#
    Rows that show a count of a few users, or what is known of them: a few users with
    the same answer may be known by it. A count that is hidden is null, and so is every
    number of the same users, which would tell the count or the users.

    Arguments:
        numbers: columns of numbers of the users counted, null where the count is
        flag: a column that says whether the count is hidden
#}
{% test hides_small_counts(model, column_name, numbers=[], flag=none) %}
    select *
    from {{ model }}
    where
        {{ is_hidden(column_name) }}
        {%- for number in numbers %}
        or ({{ column_name }} is null and {{ number }} is not null)
        {%- endfor %}
        {%- if flag %}
        or {{ flag }} <> ({{ column_name }} is null)
        {%- endif %}
{% endtest %}
