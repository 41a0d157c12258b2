{#
    Path or glob of what is read for a source: what the variable of its name says. Where
    it says nothing, the profiles are the seed, and a log is the file of its name in
    data/. Empty where there is none.

    Argument:
        source: user_profiles, events, transactions, user_aliases or consents
#}
{% macro source_files(source) %}
    {% if var(source) or not execute %}
        {% do return(var(source) or '') %}
    {% elif source == 'user_profiles' %}
        {% set seed = graph.nodes['seed.user_segmentation.raw_user_profiles'] %}
        {% do return(seed.original_file_path) %}
    {% endif %}
    {% set profiles = local_text(source_files('user_profiles')) %}
    {% do return(
        local_value("select default_file('" ~ source ~ "', " ~ profiles ~ ")")
    ) %}
{% endmacro %}
