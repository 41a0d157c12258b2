{# Path or glob of the raw profiles: what the variable user_profiles names, or the seed. #}
{% macro user_profiles_files() %}
    {% if var('user_profiles') or not execute %}
        {% do return(var('user_profiles') or '') %}
    {% endif %}
    {% set seed = graph.nodes['seed.user_segmentation.raw_user_profiles'] %}
    {% do return(seed.original_file_path) %}
{% endmacro %}
