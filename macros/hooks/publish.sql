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
        {% set left_out = [] %}
        {#- dbt keeps the tests of a model that is not enabled. #}
        {% for node in graph.nodes.values()
            if node.resource_type in ['seed', 'model', 'snapshot', 'test']
            and node.unique_id not in reached
            and (not node.attached_node or node.attached_node in graph.nodes) %}
            {% do left_out.append(node.unique_id) %}
        {% endfor %}
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
                | selectattr('schema', 'equalto', 'marts') | list %}
            {% set memory = [] %}
            {% for node in graph.nodes.values()
                if node.config.get('meta', {}).get('goes_on') %}
                {% do memory.append(node) %}
            {% endfor %}
            {# The exposure refers to every mart that the report needs. #}
            {% set reports = graph.exposures.values()
                | selectattr('name', 'equalto', 'report') | list %}
            {{ publish_marts(marts, memory, reports) }}
        {% endif %}
    {% endif %}
{% endmacro %}

{#
    The columns that tell the rows of a table apart, as its tests or its snapshot have
    them; `all` where nothing says so of every row, nulls among them.
#}
{% macro key_of(node) %}
    {% if node.resource_type == 'snapshot' %}
        {% do return((node.config.unique_key + ['dbt_valid_from']) | join(', ')) %}
    {% endif %}
    {% for test in graph.nodes.values()
        if test.resource_type == 'test' and test.attached_node == node.unique_id
        and test.test_metadata and not test.config.where %}
        {% set arguments = test.test_metadata.kwargs %}
        {% if test.test_metadata.name == 'is_unique_together' %}
            {% do return(arguments.columns | join(', ')) %}
        {% elif test.test_metadata.name == 'unique'
            and 'not_null' in node.columns[arguments.column_name].constraints
                | map(attribute='type') %}
            {% do return(arguments.column_name) %}
        {% endif %}
    {% endfor %}
    {% do return('all') %}
{% endmacro %}

{# The time of the build names its release. #}
{% macro release_id() %}
    {% do return(run_started_at.strftime('%Y-%m-%dT%H-%M-%S.%fZ')) %}
{% endmacro %}
