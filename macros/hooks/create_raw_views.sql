{#
    A view in the schema raw for each source, on its files: every column as text. Models
    read it like any source, wherever the files are; without files it is empty.
#}
{% macro create_raw_views() %}
    {% set sources = graph.sources.values() | selectattr('source_name', 'eq', 'raw')
        | sort(attribute='name') if execute else [] %}
    {% for source in sources %}
        {% set files = source_files(source.name) %}
        {% do run_query("create schema if not exists " ~ source.schema) %}
        {#- A build without rows leaves the events that are stored, and the view by which
            the next one tells of which files they are. #}
        {% if not (flags.EMPTY and view_definition(source.schema, source.name)) %}
            {% do forget_other_events(source, files) if source.name == 'events' %}
            {% call statement('create_raw_view') %}
                {{ create_raw_view(source, files) }}
            {% endcall %}
        {% endif %}
    {% endfor %}
    {#- dbt would undo what a hook does besides its own query. #}
    {% do adapter.commit() if sources %}
{% endmacro %}

{#
    Drop the events that are stored where they are of other files than those that are
    read now: those of the sample, say, must not count for a user's own users.

    Arguments:
        source: the source of the events
        files: path or glob of what is read now; empty where there is nothing
#}
{% macro forget_other_events(source, files) %}
    {% set view = view_definition(source.schema, source.name) %}
    {% if view and not is_view_of(view, raw_view_comment(source, files)) %}
        {% do log("The events of other files are forgotten: " ~ source.name
            ~ " are now read from " ~ (files or "nothing") ~ ".", info=true) %}
        {% for schema, model in [
            ('staging', 'stg_events'), ('features', 'user_daily_sessions'),
        ] %}
            {% set stored = adapter.get_relation(source.database, schema, model) %}
            {% do adapter.drop_relation(stored) if stored %}
        {% endfor %}
    {% endif %}
{% endmacro %}
