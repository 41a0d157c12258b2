{# Columns that are protected and of which every user has one answer, with their labels. #}
{% macro protected_attributes() %}
    {% set attributes = [] %}
    {% for column in declared_columns()
        if column.is_protected and column.name in answer_attributes() %}
        {% do attributes.append(column) %}
    {% endfor %}
    {% do return(attributes) %}
{% endmacro %}
