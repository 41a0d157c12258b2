{# The rows of feature_catalog, in the order of the features' names. #}
{% macro catalog_features() %}
    {% do return(plain_names(
        read_rows(ref('feature_catalog'), 'feature'),
        ['feature', 'block', 'kind', 'transform'],
        'feature_catalog'
    )) %}
{% endmacro %}
