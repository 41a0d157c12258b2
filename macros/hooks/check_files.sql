{# Refuse, before any model runs, raw files whose structure is in doubt, and own data
   that would be joined to the sample's. #}
{% macro check_files() %}
    {% if execute %}
        {% do check_paths() %}
        {% set problem = local_value(
            "select sample_gate(" ~ local_text(source_files('user_profiles')) ~ ", "
            ~ given_files() ~ ")"
        ) %}
        {% do refuse(problem) if problem %}
        {% for source, node in raw_nodes().items() %}
            {% do check_file(source, node) %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{# Refuse, of the variables that name files, those that are no text. #}
{% macro check_paths() %}
    {% for source in sources_read() %}
        {% set files = var(source) or '' %}
        {% if files is not string %}
            {% do refuse("The variable " ~ source ~ " is " ~ files
                ~ "; it must be one path, or one glob for several files.") %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{#
    Say what is read for a source, and refuse it where its structure is in doubt.

    Arguments:
        source: name of the source
        node: the source, or the seed in its place, as its YAML file describes it
#}
{% macro check_file(source, node) %}
    {% set files = source_files(source) %}
    {% do log("Read for " ~ source ~ ": " ~ (files or "nothing") ~ ".", info=true) %}
    {% set optional = [] %}
    {% for name, column in node.columns.items() if column.config.meta.get('is_optional') %}
        {% do optional.append(name) %}
    {% endfor %}
    {% set form = format_meta(node) %}
    {#- dbt itself reads a seed, and in one format only. #}
    {% if node.resource_type == 'seed' and files == node.original_file_path %}
        {% set form = {
            'unknown_columns': form.get('unknown_columns'),
            'declared_in': form.declared_in,
            'variable': source,
        } %}
    {% endif %}
    {% set contract = tojson({
        'columns': node.columns | list,
        'optional': optional,
        'identifiers': identifiers_of(node),
        'form': form,
        'may_be_empty': not sources_read()[source].is_required,
    }) %}
    {% set problem = local_value(
        "select file_gate(" ~ local_text(files) ~ ", " ~ local_text(contract) ~ ")"
    ) if files and is_local(files) %}
    {% if problem %}
        {% do refuse(problem) %}
    {% endif %}
{% endmacro %}
