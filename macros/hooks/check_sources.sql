{# Refuse, before any model runs, a source whose rows could go around the row gate. #}
{% macro check_sources() %}
    {% set raw = raw_nodes() if execute else {} %}
    {% set listed_in = "macros/staging/sources_read.sql" %}
    {% for name, node in raw.items() %}
        {% set where = "The source " ~ name ~ " (" ~ node.original_file_path ~ ") " %}
        {% if name not in sources_read() %}
            {% do refuse(where ~ "is checked by no model: list it, with the models that "
                ~ "check and accept its rows, in " ~ listed_in ~ ".") %}
        {% elif not var.has_var(name) %}
            {% do refuse(where ~ "has no variable for its files: add " ~ name
                ~ ": null to the vars of dbt_project.yml.") %}
        {% endif %}
        {% do check_models(where, name, node, sources_read()[name]) %}
    {% endfor %}
    {% for name in sources_read() if execute and name not in raw %}
        {% do refuse(listed_in ~ " lists the source " ~ name ~ ", which no YAML file "
            ~ "describes: describe its columns in models/staging/sources.yml.") %}
    {% endfor %}
{% endmacro %}

{# What is read, by name of the source, as its YAML file describes it. #}
{% macro raw_nodes() %}
    {% set nodes = {'user_profiles': declared_node()} if has_profiles() else {} %}
    {% for node in graph.sources.values() | sort(attribute='name')
        if node.package_name == 'user_segmentation' and node.source_name == 'raw' %}
        {% do nodes.update({node.name: node}) %}
    {% endfor %}
    {% do return(nodes) %}
{% endmacro %}

{# Refuse a source that misses a part of the row gate, or has a way around it. #}
{% macro check_models(where, name, raw, models) %}
    {% set found = {} %}
    {% for part in ['checked', 'rejected', 'accepted', 'gate', 'period']
        if models[part] %}
        {% set node = graph.nodes.get('model.user_segmentation.' ~ models[part]) %}
        {% if not node %}
            {% do refuse(where ~ "names " ~ models[part] ~ " as " ~ part
                ~ ", which is no model.") %}
        {% endif %}
        {% do found.update({part: node}) %}
    {% endfor %}
    {% if models.checked %}
        {% set rejected = found.rejected or found.checked %}
        {% for column in ['row_number', 'rejection_reasons', 'raw_row']
            if column not in rejected.columns %}
            {% do refuse(where ~ "is not checked: " ~ rejected.name ~ " describes no "
                ~ "column " ~ column ~ ", by which rejected rows are told.") %}
        {% endfor %}
        {% set gate, check = models.gate or models.accepted or 'an accepted model',
            "check_rejected_share('" ~ name ~ "')" %}
        {% if gate not in nodes_with_hook(check) %}
            {% do refuse(where ~ "may lose any number of rows: " ~ gate ~ " needs the "
                ~ "pre-hook " ~ check ~ ".") %}
        {% endif %}
    {% elif not models.refused_by or not nodes_with_hook(models.refused_by ~ '()') %}
        {% do refuse(where ~ "is not checked: it has neither a model of checked rows nor "
            ~ "a pre-hook that refuses bad ones.") %}
    {% endif %}
    {% do check_readers(where, name, raw, models) %}
{% endmacro %}

{# Refuse a model that reads past the row gate. #}
{% macro check_readers(where, name, raw, models) %}
    {% set unchecked = [raw.unique_id] %}
    {% for part in ['checked', 'rejected'] if models[part] and models.accepted %}
        {% do unchecked.append('model.user_segmentation.' ~ models[part]) %}
    {% endfor %}
    {% set first = models.checked or models.accepted %}
    {% for node in graph.nodes.values() if node.resource_type in ['model', 'snapshot']
        and node.name != first %}
        {% for read in node.depends_on.nodes if read in unchecked
            and (read == raw.unique_id or node.config.schema != 'staging')
            and node.name not in ['stg_read_counts', models.gate] %}
            {% do refuse(where ~ "is read past its checks by " ~ node.name ~ ": it must "
                ~ "read " ~ (models.accepted or models.checked) ~ ".") %}
        {% endfor %}
    {% endfor %}
{% endmacro %}

{# The models that call a macro in a pre-hook. #}
{% macro nodes_with_hook(call) %}
    {% set names = [] %}
    {% for node in graph.nodes.values() %}
        {% for hook in node.config.get('pre-hook') or [] if call in hook.sql %}
            {% do names.append(node.name) %}
        {% endfor %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}
