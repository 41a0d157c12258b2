{# The rows of segmentation.protected_bands, an attribute's bands from low to high. #}
{% macro protected_band_rows() %}
    {% do return(read_rows(ref('protected_bands'), 'attribute, rank')) %}
{% endmacro %}
