{#
    The columns identify a row: no two rows share the values of all of them, and none is
    null, for a null identifies nothing.

    Arguments:
        columns: names of the columns
#}
{% test is_unique_together(model, columns) %}
select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
group by all
having
    count(*) > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}
{% endtest %}
