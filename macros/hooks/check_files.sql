{# Refuse, before any model runs, raw files whose structure is in doubt. #}
{% macro check_files() %}
    {% if execute %}
        {% set seed = graph.nodes['seed.user_segmentation.raw_user_profiles'] %}
        {% set query %}
            select file_gate(
                '{{ escape_single_quotes(user_profiles_files()) }}',
                ['{{ seed.columns | join("', '") }}']
            )
        {% endset %}
        {% do log("The profiles are read from " ~ user_profiles_files() ~ ".",
            info=true) %}
        {% set problem = run_query(query)[0][0] %}
        {% if problem %}
            {% do refuse(problem) %}
        {% endif %}
    {% endif %}
{% endmacro %}
