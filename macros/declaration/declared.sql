{#
    What follows from the declaration of the users' table, from
    src/user_segmentation/declaration. Empty while dbt parses, for it has no graph yet.

    Argument:
        part: columns, answers, list_items, features, catalog or rejection_reasons
#}
{% macro declared(part) %}
    {% if not execute %}
        {% do return([]) %}
    {% endif %}
    {% do return(fromjson(
        local_value("select declared('" ~ part ~ "', " ~ local_text(declaration()) ~ ")")
    )) %}
{% endmacro %}

{# What YAML files say of the users' table, and of models that make features, as JSON. #}
{% macro declaration() %}
    {% do return(tojson({
        'columns': declared_meta(),
        'models': feature_models_meta(),
        'place': declared_place(),
        'table': (declared_node().config or {}).meta or {},
    })) %}
{% endmacro %}

{# The YAML file that declares the users' table. #}
{% macro declared_place() %}
    {% set node = declared_node() %}
    {% set path = node.patch_path or node.original_file_path or '' %}
    {% do return(path.split('://') | last) %}
{% endmacro %}

{# The meta of each column of the users' table, by header. What unit tests override. #}
{% macro declared_meta() %}
    {% set meta = {} %}
    {% for header, column in (declared_node().columns or {}).items() %}
        {% do meta.update({header: column.config.meta}) %}
    {% endfor %}
    {% do return(meta) %}
{% endmacro %}

{# The same of models that make features, by model. #}
{% macro feature_models_meta() %}
    {% set models = {} %}
    {% for node in (graph.nodes or {}).values() if node.resource_type == 'model' %}
        {% set meta = {} %}
        {% for name, column in node.columns.items() if column.config.meta.feature %}
            {% do meta.update({name: column.config.meta}) %}
        {% endfor %}
        {% do models.update({node.name: meta}) if meta %}
    {% endfor %}
    {% do return(models) %}
{% endmacro %}

{# The columns of the users' table that are read, but the identifier. #}
{% macro declared_columns(types=none) %}
    {% set columns = [] %}
    {% for column in declared('columns')
        if column.type != 'id' and (types is none or column.type in types) %}
        {% do columns.append(column) %}
    {% endfor %}
    {% do return(columns) %}
{% endmacro %}
