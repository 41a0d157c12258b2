{#
    Stop the build, with one plain line, where the variable `objectives` asks for what
    the catalogue does not have or does not allow.

    Arguments:
        objectives: the variable
        catalog: rows of seeds/feature_catalog.csv as dicts; empty while dbt parses
#}
{% macro check_objectives(objectives, catalog) %}
    {% set features = catalog | map(attribute='feature') | list %}
    {% set blocks = catalog | map(attribute='block') | unique | sort %}
    {% set protected = catalog | selectattr('role', 'eq', 'protected')
        | map(attribute='feature') | list %}

    {% for row in catalog if row.source in var('protected_sources')
        and row.role != 'protected' %}
        {% do refuse("seeds/feature_catalog.csv gives " ~ row.feature ~ " the role "
            ~ row.role ~ ", but its source " ~ row.source ~ " is protected: set its "
            ~ "role to protected, or leave it out.") %}
    {% endfor %}

    {% if not objectives %}
        {% do refuse("The variable objectives is empty: name at least one.") %}
    {% endif %}

    {% for name, objective in objectives.items() %}
        {% set where = "Objective " ~ name ~ ": " %}
        {% for key in ['block_weights', 'outcome', 'segment_count'] if key not in objective %}
            {% do refuse(where ~ key ~ " is missing.") %}
        {% endfor %}
        {% for key in objective
            if key not in ['block_weights', 'outcome', 'segment_count'] %}
            {% do refuse(where ~ key ~ " is not known; an objective has block_weights, "
                ~ "outcome and segment_count.") %}
        {% endfor %}
        {% if objective.segment_count != 'auto'
            and objective.segment_count not in range(2, 9) %}
            {% do refuse(where ~ "segment_count is " ~ objective.segment_count
                ~ "; it can be auto or a whole number from 2 to 8.") %}
        {% endif %}
        {% if not objective.block_weights %}
            {% do refuse(where ~ "block_weights is empty: weigh at least one block.") %}
        {% endif %}
        {% for block, weight in objective.block_weights.items() %}
            {% if weight is not number or weight <= 0 %}
                {% do refuse(where ~ "the weight of block " ~ block ~ " is " ~ weight
                    ~ "; it must be a number above 0 (leave a block out to ignore it).") %}
            {% endif %}
            {% if catalog and block in protected %}
                {% do refuse(where ~ block ~ " is a protected feature: it may describe "
                    ~ "segments and may not form them.") %}
            {% elif catalog and block not in blocks %}
                {% do refuse(where ~ block ~ " is not a block of seeds/feature_catalog.csv; "
                    ~ "its blocks are " ~ blocks | join(', ') ~ ".") %}
            {% endif %}
        {% endfor %}
        {% if catalog and objective.outcome not in features %}
            {% do refuse(where ~ "the outcome " ~ objective.outcome ~ " is not a feature "
                ~ "of seeds/feature_catalog.csv.") %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{% macro refuse(message) %}
    {% do exceptions.raise_compiler_error(message) %}
{% endmacro %}
