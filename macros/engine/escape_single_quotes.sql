{# In a text between quotes a backslash is a backslash; Spark takes it for the beginning
   of another character, and dbt-spark escapes the quotes only. #}
{% macro spark__escape_single_quotes(expression) -%}
    {{ expression | replace('\\', '\\\\') | replace("'", "\\'") }}
{%- endmacro %}
