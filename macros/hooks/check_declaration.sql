{# Refuse, before any model runs, a declaration of the users' table, or of a log, that is
   wrong. #}
{% macro check_declaration() %}
    {% if execute %}
        {% if has_profiles() and not declared_node() %}
            {% do refuse("The variable user_profiles names " ~ declared_table()
                ~ ", which no YAML file declares: make draft FILE=" ~ declared_table()
                ~ ".csv writes models/inputs/" ~ declared_table() ~ ".yml; a path has a "
                ~ "slash or a point in it.") %}
        {% endif %}
        {% set problem = local_value(
            "select declaration_problem(" ~ local_text(declaration()) ~ ")"
        ) %}
        {% do refuse(problem) if problem %}
        {% for source in sources_beside_profiles() %}
            {% do check_declared_log(source) %}
        {% endfor %}
    {% endif %}
{% endmacro %}
