{#
    Whether there are profiles of the users. Where the variables name logs and none, the
    users are those of the logs. Known while dbt parses, too.
#}
{% macro has_profiles() %}
    {% set logs = [] %}
    {% for name, models in sources_beside_profiles().items() if models.log and var(name) %}
        {% do logs.append(name) %}
    {% endfor %}
    {% do return(var('user_profiles') is not none or not logs) %}
{% endmacro %}
