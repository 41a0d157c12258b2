{# The names of the columns that describe segments and never form them. #}
{% macro protected_sources() %}
    {% do return(
        declared_columns() | selectattr('is_protected') | map(attribute='name') | list
    ) %}
{% endmacro %}
