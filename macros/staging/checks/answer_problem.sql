{#
    The code of the rule that an answer breaks, or null. Reads <column>, the answer, and
    <column>_text, what it was read from.
#}
{% macro answer_problem(column, may_be_missing=false) -%}
    case
        when {{ column }}_text is null
            then {{ 'null' if may_be_missing else "'" ~ column ~ "_missing'" }}
        when {{ column }} is null then '{{ column }}_unknown'
    end
{%- endmacro %}
