{# What stands for a recommended action where the data shows no segments. #}
{% macro no_action() %}
    {% do return('None: the data does not show that these users are a group.') %}
{% endmacro %}
