{# The rows of segmentation.feature_scales, features of an objective in order of name. #}
{% macro feature_scale_rows() %}
    {% do return(read_rows(ref('feature_scales'), 'objective, feature')) %}
{% endmacro %}
