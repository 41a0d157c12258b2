{# The latest of some dates of a row, known or not; Spark knows no greatest of one. #}
{% macro latest_of(relation, columns) -%}
    {%- if columns | length == 1 -%} {{ relation }}.{{ columns[0] }}
    {%- else -%} greatest({{ relation }}.{{ columns | join(', ' ~ relation ~ '.') }})
    {%- endif -%}
{%- endmacro %}
