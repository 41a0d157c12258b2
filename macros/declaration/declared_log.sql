{#
    The declared table that the variable of a log names, as its YAML file describes it.
    Nothing where the variable names a path or nothing, where there is no such table, and
    while dbt parses.

    Argument:
        source: name of the source, which is that of the variable
#}
{% macro declared_log(source) %}
    {% set name = var(source, none) %}
    {% if execute and source != 'user_profiles' and is_declared_name(name) %}
        {% for node in (graph.sources or {}).values()
            if node.source_name == 'files' and node.name == name %}
            {% do return(node) %}
        {% endfor %}
    {% endif %}
    {% do return({}) %}
{% endmacro %}

{# What its YAML file says of such a table, as JSON. #}
{% macro log_declaration(source, node) %}
    {% set columns = {} %}
    {% for header, column in node.columns.items() %}
        {% do columns.update({header: column.config.meta}) %}
    {% endfor %}
    {% do return(tojson({
        'source': source,
        'name': node.name,
        'table': node.config.meta,
        'columns': columns,
        'place': node.original_file_path,
    })) %}
{% endmacro %}

{# Refuse a log that is declared nowhere, or in a wrong way. #}
{% macro check_declared_log(source) %}
    {% set name, node = var(source), declared_log(source) %}
    {% if is_declared_name(name) and not node %}
        {% do refuse("The variable " ~ source ~ " names " ~ name
            ~ ", which no YAML file declares: models/inputs/" ~ name
            ~ ".yml would; a path has a slash or a point in it.") %}
    {% elif node %}
        {% set problem = local_value(
            "select log_problem(" ~ local_text(log_declaration(source, node)) ~ ")"
        ) %}
        {% do refuse(problem) if problem %}
    {% endif %}
{% endmacro %}
