{#
    The columns of stg_users of which every user has one answer: questions, and protected
    numbers, whose answers are bands.
#}
{% macro answer_attributes() %}
    {% do return(
        declared_columns(['category', 'ordered', 'flag']) | map(attribute='name') | list
        + protected_numbers()
    ) %}
{% endmacro %}
