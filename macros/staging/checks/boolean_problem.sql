{#
    The code of the rule that a boolean breaks, or null. Reads <column>, the boolean,
    and <column>_text, what it was read from.
#}
{% macro boolean_problem(column) -%}
    case
        when {{ column }}_text is null then '{{ column }}_missing'
        when {{ column }} is null then '{{ column }}_unknown'
    end
{%- endmacro %}
