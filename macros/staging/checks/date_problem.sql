{#
    The code of the rule that a date breaks, or null. Reads <column>, the date, and
    <column>_text, what it was read from.
#}
{% macro date_problem(column, may_be_missing) -%}
    case
        when {{ column }}_text is null
            then {{ 'null' if may_be_missing else "'" ~ column ~ "_missing'" }}
        when {{ column }} is null then '{{ column }}_not_a_date'
    end
{%- endmacro %}
