{#
    The columns of stg_users of which every user has one answer; the model that asks
    depends on `known_answers`.
#}
{% macro answer_attributes() %}
    {% set attributes = [
        'age', 'gender', 'location', 'language', 'education_level', 'income_level',
        'device_usage',
    ] %}
    {% for row in protected_band_rows() if row.attribute not in attributes %}
        {% do attributes.append(row.attribute) %}
    {% endfor %}
    {% do return(attributes) %}
{% endmacro %}
