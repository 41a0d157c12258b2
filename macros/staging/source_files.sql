{#
    Path or glob of what is read for a source: what the variable of its name says. Where
    it says nothing, the profiles are the seed, if there are any, and a log is the file
    of its name in data/, the sample's only where all is the sample's. Empty where there
    is none.

    Argument:
        source: name of the source, as in sources_read
#}
{% macro source_files(source) %}
    {% if source == 'user_profiles' and not has_profiles() %}
        {% do return('') %}
    {% elif source == 'user_profiles' and execute and not is_case_study() %}
        {% do return(declared_node().config.meta.file) %}
    {% elif var(source) or not execute %}
        {% do return(named_files(source)) %}
    {% elif source == 'user_profiles' %}
        {% do return(declared_node().original_file_path) %}
    {% endif %}
    {% set profiles = local_text(source_files('user_profiles')) %}
    {% do return(
        local_value(
            "select default_file('" ~ source ~ "', " ~ profiles ~ ", "
            ~ given_files() ~ ")"
        )
    ) %}
{% endmacro %}

{# What the variable of a source names, or the declared table that it names. #}
{% macro named_files(source) %}
    {% set log = declared_log(source) %}
    {% do return(log.config.meta.file if log else var(source) or '') %}
{% endmacro %}

{# What the variables name, by source, as a map in a query of local_value. #}
{% macro given_files() %}
    {% set entries = [] %}
    {% for source in sources_read() %}
        {% do entries.append("'" ~ source ~ "': " ~ local_text(named_files(source))) %}
    {% endfor %}
    {% do return('map {' ~ entries | join(', ') ~ '}') %}
{% endmacro %}
