{#
    What says who the users are: path or glob of the profiles or, where there are none,
    of each log, one a line.
#}
{% macro users_files() %}
    {% if has_profiles() %}
        {% do return(source_files('user_profiles')) %}
    {% endif %}
    {% set files = [] %}
    {% for name, models in sources_read().items() if models.log and source_files(name) %}
        {% do files.append(source_files(name)) %}
    {% endfor %}
    {% do return(files | join('\n')) %}
{% endmacro %}
