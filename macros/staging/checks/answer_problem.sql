{# The code of the rule that an answer breaks, or null. #}
{% macro answer_problem(column) -%}
    case
        when {{ column }}_text is null then '{{ column }}_missing'
        when {{ column }} is null then '{{ column }}_unknown'
    end
{%- endmacro %}
