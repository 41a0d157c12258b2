{# The rows of segmentation.replaced_models, in the order of their keys. #}
{% macro replaced_model_rows() %}
    {% do return(plain_names(
        read_rows(ref('replaced_models'), 'objective, segment_number, feature'),
        ['objective', 'feature'],
        'segmentation.replaced_models'
    )) %}
{% endmacro %}
