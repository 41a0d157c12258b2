{#
    The code of the rule that a declared column breaks, or null.

    Arguments:
        column: one of declared_columns
        format: that of the files, as declared_format gives it
#}
{% macro column_problem(column, format) -%}
    {%- if column.type in ['number', 'rate'] -%}
        {{ number_problem(
            column.name, column.minimum, column.maximum, column.is_whole,
            column.type == 'rate', column.may_be_missing, format=format
        ) }}
    {%- elif column.type == 'date' -%}
        {{ date_problem(column.name, column.may_be_missing) }}
    {%- elif column.type == 'list' -%}
        {{ list_problem(column.name, column.may_be_missing) }}
    {%- else -%}
        {{ answer_problem(column.name, column.may_be_missing) }}
    {%- endif -%}
{%- endmacro %}
