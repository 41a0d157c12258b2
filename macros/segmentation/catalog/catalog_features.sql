{# The rows of seeds/feature_catalog.csv, in the order of the features' names. #}
{% macro catalog_features() %}
    {% do return(plain_names(
        read_rows(ref('feature_catalog'), 'feature'),
        ['feature', 'block', 'kind', 'transform'],
        'seeds/feature_catalog.csv'
    )) %}
{% endmacro %}

{# The same as the file says it, before it is in the database; empty while dbt parses. #}
{% macro declared_features() %}
    {% set seed = graph.nodes['seed.user_segmentation.feature_catalog'] if execute %}
    {% do return(
        fromjson(local_value(
            "select seed_rows(" ~ local_text(seed.original_file_path) ~ ")"
        )) | sort(attribute='feature') if seed else []
    ) %}
{% endmacro %}
