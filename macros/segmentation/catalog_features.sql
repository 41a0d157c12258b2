{# The rows of seeds/feature_catalog.csv, in the order of the features' names. #}
{% macro catalog_features() %}
    {% do return(read_rows(ref('feature_catalog'), 'feature')) %}
{% endmacro %}
