{#
    Stop the build, with one plain line, where there are no profiles and nobody is in a
    log. A pre-hook of stg_users.
#}
{% macro check_logged_users() %}
    {% set users = ref('stg_logged_users') %}
    {% if execute and not flags.EMPTY
        and not run_query('select 1 from ' ~ users ~ ' limit 1') | length %}
        {% set logs = [] %}
        {% for name, models in sources_read().items() if models.log and source_files(name) %}
            {% do logs.append(name ~ " (" ~ source_files(name) ~ ")") %}
        {% endfor %}
        {% do refuse("No user is left: no row of " ~ logs | join(' and ')
            ~ " is accepted, and no profiles are read.") %}
    {% endif %}
{% endmacro %}
