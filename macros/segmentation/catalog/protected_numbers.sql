{# The names of protected columns that are numbers, in the order of the declaration. #}
{% macro protected_numbers() %}
    {% do return(
        declared_columns(['number', 'rate']) | selectattr('is_protected')
        | map(attribute='name') | list
    ) %}
{% endmacro %}
