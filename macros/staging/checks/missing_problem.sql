{# The code of the rule that an empty value breaks, or null. #}
{% macro missing_problem(column) -%}
    case when {{ column }} is null then '{{ column }}_missing' end
{%- endmacro %}
