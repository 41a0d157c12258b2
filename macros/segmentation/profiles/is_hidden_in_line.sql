{#
    Whether a count of users is hidden: it is small and not zero, or it would give a
    small one of its line away, of which readers may know the total. What a line hides
    is two counts or more, and `min_cell_size` users or more, or all of it: next to the
    small ones the next smallest.

    Arguments:
        count: a column, which is not null
        line: columns that tell the lines apart; none where all rows are one line
        key: columns that tell the rows of a line apart
#}
{% macro is_hidden_in_line(count, line, key) -%}
    {%- set minimum = var('min_cell_size') -%}
    {%- set partition = 'partition by ' ~ line if line -%}
    {%- set places -%}
        {{ partition }}
        order by case when {{ count }} = 0 then 1 else 0 end, {{ count }}, {{ key }}
    {%- endset -%}
    (
        {{ minimum }} > 1
        and {{ count }} > 0
        and min(nullif({{ count }}, 0)) over ({{ partition }}) < {{ minimum }}
        and (
            {{ count }} < {{ minimum }}
            or row_number() over ({{ places }}) <= 2
            or sum({{ count }}) over (
                {{ places }} rows between unbounded preceding and current row
            ) - {{ count }} < {{ minimum }}
        )
    )
{%- endmacro %}

{#
    Whether a count of users that stands alone is hidden: it is small and not zero.

    Argument:
        count: an expression
#}
{% macro is_hidden(count) -%}
    {%- set minimum = var('min_cell_size') -%}
    ({{ minimum }} > 1 and {{ count }} > 0 and {{ count }} < {{ minimum }})
{%- endmacro %}
