{#
    Publish the marts after a `dbt build` in which every seed and model was built and
    every test passed. Anything less publishes nothing.

    Argument:
        results: the results of the run, as dbt gives them to on-run-end
#}
{% macro publish(results) %}
    {% if execute and flags.WHICH == 'build' and not flags.EMPTY %}
        {% set good = ['success', 'pass', 'warn', 'no-op'] %}
        {% set failed = results | rejectattr('status', 'in', good) | list %}
        {% set reached = results | map(attribute='node.unique_id') | list %}
        {% set left_out = graph.nodes.values()
            | selectattr('resource_type', 'in', ['seed', 'model', 'snapshot', 'test'])
            | rejectattr('unique_id', 'in', reached) | list %}
        {% if failed %}
            {% do log(not_published() ~ ": " ~ failed | length ~ " of " ~ results | length
                ~ " nodes failed or were skipped.", info=true) %}
            {% do tell_damage(failed) %}
        {% elif left_out %}
            {% do log(not_published() ~ ": this build left out " ~ left_out | length
                ~ " models, seeds and tests.", info=true) %}
        {% else %}
            {# By name: a model that is gone leaves its table behind. #}
            {% set marts = graph.nodes.values()
                | selectattr('resource_type', 'equalto', 'model')
                | selectattr('schema', 'equalto', 'marts')
                | map(attribute='alias') | sort %}
            {% set memory = [] %}
            {% for node in graph.nodes.values()
                if node.config.get('meta', {}).get('goes_on') %}
                {% do memory.append("'" ~ node.schema ~ '.' ~ node.alias ~ "'") %}
            {% endfor %}
            {# The exposure refers to every mart that the report needs. #}
            {% set reports = graph.exposures.values()
                | selectattr('name', 'equalto', 'report') | list %}
            {{ publish_marts(marts, memory, reports) }}
        {% endif %}
    {% endif %}
{% endmacro %}

{# The time of the build names its release. #}
{% macro release_id() %}
    {% do return(run_started_at.strftime('%Y-%m-%dT%H-%M-%S.%fZ')) %}
{% endmacro %}
