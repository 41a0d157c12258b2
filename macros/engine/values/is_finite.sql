{# Whether a number is neither infinite nor nan, which both engines take for larger than
   all numbers; null of null. Spark has no isfinite. #}
{% macro is_finite(number) -%}
    abs({{ number }}) < cast('infinity' as double)
{%- endmacro %}
