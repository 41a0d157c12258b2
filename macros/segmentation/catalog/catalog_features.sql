{# The rows of seeds/feature_catalog.csv, in the order of the features' names. #}
{% macro catalog_features() %}
    {% do return(plain_names(
        read_rows(ref('feature_catalog'), 'feature'),
        ['feature', 'block', 'kind', 'transform'],
        'seeds/feature_catalog.csv'
    )) %}
{% endmacro %}
