{# Text between single quotes, in which Spark takes backslashes for escapes; dbt-spark
   escapes quotes only. #}
{% macro spark__escape_single_quotes(expression) -%}
    {{ expression | replace('\\', '\\\\') | replace("'", "\\'") }}
{%- endmacro %}
