{#
    Rows in which a value lies outside the range of its column, ends included: the test
    `is_between` for many columns in one read. Null passes, as in dbt's own tests.

    Argument:
        ranges: a dict of column and [minimum, maximum]
#}
{% test values_are_between(model, ranges) %}
    select {{ ranges | join(', ') }}
    from {{ model }}
    where
        {%- for column, (minimum, maximum) in ranges.items() %}
        {{ 'or ' if not loop.first -}}
        {{ column }} not between {{ minimum }} and {{ maximum }}
        {%- endfor %}
{% endtest %}
