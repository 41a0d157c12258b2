{# The models that score users, in the order of their keys. #}
{% macro current_model_rows() %}
    {% do return(registry_rows('is_current')) %}
{% endmacro %}

{# The models that scored users in the last build and do not any more. #}
{% macro replaced_model_rows() %}
    {% do return(registry_rows('is_replaced')) %}
{% endmacro %}

{% macro registry_rows(condition) %}
    {% do return(plain_names(
        read_rows(
            ref('model_registry'), 'objective, segment_number, feature', condition
        ),
        ['objective', 'feature'],
        'segmentation.model_registry'
    )) %}
{% endmacro %}
