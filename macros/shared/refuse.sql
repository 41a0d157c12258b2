{# Stop the build with one plain line: what is wrong, where, and what to do. #}
{% macro refuse(message) %}
    {% do exceptions.raise_compiler_error(message) %}
{% endmacro %}
