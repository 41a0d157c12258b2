{# The rows of segmentation.current_models, in the order of their keys. #}
{% macro current_model_rows() %}
    {% do return(plain_names(
        read_rows(ref('current_models'), 'objective, segment_number, feature'),
        ['objective', 'feature'],
        'segmentation.current_models'
    )) %}
{% endmacro %}
