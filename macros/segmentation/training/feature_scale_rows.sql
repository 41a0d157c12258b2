{# The rows of segmentation.feature_scales, an objective's features by name. #}
{% macro feature_scale_rows() %}
    {% do return(plain_names(
        read_rows(ref('feature_scales'), 'objective, feature'),
        ['objective', 'feature', 'transform'],
        'segmentation.feature_scales'
    )) %}
{% endmacro %}
