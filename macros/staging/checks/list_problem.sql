{#
    The code of the rule that a list breaks, or null. Reads <column>, the list, and
    <column>_has_unknown, whether one of its items is not declared, null where there is
    no item.
#}
{% macro list_problem(column, may_be_missing) -%}
    case
        when {{ column }}_has_unknown is null
            then {{ 'null' if may_be_missing else "'" ~ column ~ "_missing'" }}
        when {{ column }}_has_unknown then '{{ column }}_unknown'
    end
{%- endmacro %}
