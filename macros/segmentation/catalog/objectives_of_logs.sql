{#
    The objectives where users are those of the logs: the variable's, where at least one
    of them asks for nothing that only profiles have; else one, of what the logs that are
    read tell. Nothing judges it: what its users bought and did forms its segments.
#}
{% macro objectives_of_logs() %}
    {% set blocks = declared('catalog') | map(attribute='block') | list %}
    {% for objective in var('objectives').values()
        if not objective.block_weights.keys() | reject('in', blocks) | list %}
        {% do return(var('objectives')) %}
    {% endfor %}
    {% set weights = {} %}
    {% for log, block in {'transactions': 'purchases', 'events': 'activity'}.items()
        if source_files(log) %}
        {% do weights.update({block: 1}) %}
    {% endfor %}
    {% do return({
        'customers' if weights.purchases else 'visitors': {
            'block_weights': weights, 'segment_count': 'auto',
        },
    }) %}
{% endmacro %}
