{# The rows of segmentation.model_scales, an objective's features by name. #}
{% macro model_scale_rows() %}
    {% do return(plain_names(
        read_rows(ref('model_scales'), 'objective, feature'),
        ['objective', 'feature', 'transform'],
        'segmentation.model_scales'
    )) %}
{% endmacro %}
