{# True or false from text in lower case, or null. #}
{% macro parse_boolean(column) -%}
    case
        when {{ column }} in ('true', 't', '1') then true
        when {{ column }} in ('false', 'f', '0') then false
    end
{%- endmacro %}
