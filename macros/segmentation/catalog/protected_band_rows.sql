{# The bands of protected numbers in known_answers, an attribute's from low to high. #}
{% macro protected_band_rows() %}
    {% do return(read_rows(ref('known_answers'), 'attribute, rank', 'is_band')) %}
{% endmacro %}
