{#
    The table of the users that are read: what the variable user_profiles names, or the
    case study's seed, also where it is a path. None where users are those of the logs.
#}
{% macro declared_table() %}
    {% set profiles = var('user_profiles') %}
    {% if not has_profiles() %}
        {% do return(none) %}
    {% endif %}
    {% do return(profiles if is_declared_name(profiles) else 'raw_user_profiles') %}
{% endmacro %}

{# Whether the variable user_profiles names a declared table, and no file. #}
{% macro is_declared_name(profiles) %}
    {% do return(profiles is string and is_plain_name(profiles) is not none) %}
{% endmacro %}

{# Whether the users have the columns of the case study. Known while dbt parses, too. #}
{% macro is_case_study() %}
    {% do return(declared_table() == 'raw_user_profiles') %}
{% endmacro %}

{# The seed or the source of that name, as its YAML file describes it. Nothing where there
   is none, nor in unit tests, in which dbt has no graph. #}
{% macro declared_node() %}
    {% set nodes = graph.nodes if is_case_study() else graph.sources %}
    {% for node in (nodes or {}).values() if node.name == declared_table()
        and node.get('source_name', 'files') == 'files' %}
        {% do return(node) %}
    {% endfor %}
    {% do return({}) %}
{% endmacro %}
