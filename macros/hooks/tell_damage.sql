{#
    Say what to do where the file of the database is damaged: DuckDB notices when it
    reads the place, in the midst of a build and of every later one.

    Argument:
        failed: the results of the nodes that failed
#}
{% macro tell_damage(failed) %}
    {% set reasons = failed | map(attribute='message') | join(' ') %}
    {% if 'Corrupt database file' in reasons or 'Could not read enough bytes' in reasons %}
        {% do log("The database " ~ target.path ~ " is damaged: move it away and build "
            ~ "again, after make restore if there is a release. All tables come back but "
            ~ "for models and moves since that release.", info=true) %}
    {% endif %}
{% endmacro %}
