{#
    The objectives, with their settings: what the command line says, else what the
    declared table of users says, or `objectives_of_logs` where there is none, else the
    variable of the project. While dbt parses there is no table yet.
#}
{% macro objectives() %}
    {% if not execute or is_case_study()
        or 'objectives' in (invocation_args_dict.get('vars') or {}) %}
        {% do return(var('objectives')) %}
    {% elif not has_profiles() %}
        {% do return(objectives_of_logs()) %}
    {% endif %}
    {% set table = declared_node() %}
    {% set declared_objectives = (table.config.meta if table else {}).get('objectives') %}
    {% if table and not declared_objectives %}
        {% do refuse(table.original_file_path ~ ": the table " ~ table.name
            ~ " declares no objectives: add `objectives` to its `meta`, with the "
            ~ "block_weights and the segment_count of at least one.") %}
    {% endif %}
    {% do return(declared_objectives or var('objectives')) %}
{% endmacro %}
