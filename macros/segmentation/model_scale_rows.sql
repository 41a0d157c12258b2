{# The rows of segmentation.model_scales, an objective's features by name. #}
{% macro model_scale_rows() %}
    {% do return(read_rows(ref('model_scales'), 'objective, feature')) %}
{% endmacro %}
