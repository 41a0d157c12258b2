{#
    A number as a literal of type double that reads back as the very same number; a
    plain 0.1 would be a decimal.
#}
{% macro double_literal(number) -%}
    {{ '%.16e' | format(number) }}
{%- endmacro %}
