{# The rows of segmentation.current_models, in the order of their keys. #}
{% macro current_model_rows() %}
    {% do return(
        read_rows(ref('current_models'), 'objective, segment_number, feature')
    ) %}
{% endmacro %}
