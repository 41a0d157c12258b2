{#
    Stop the build, with one plain line, where the variable `objectives` asks for what
    the catalogue does not have or does not allow. A hook, so that it is told before any
    model runs.

    Arguments:
        objectives: the variable
        catalog: rows of feature_catalog as dicts; empty while dbt parses
#}
{% macro check_objectives(objectives, catalog) %}
    {% if objectives is not mapping or not objectives %}
        {% do refuse("The variable objectives is empty or no mapping: name at least "
            ~ "one objective, with its settings.") %}
    {% endif %}
    {% for name, objective in objectives.items() %}
        {% do check_settings(name, objective) %}
        {% if catalog %}
            {% do check_technique(name, objective) %}
            {% do check_features(name, objective, catalog) %}
            {% do check_columns(name, catalog) %}
        {% endif %}
    {% endfor %}
    {% set sample_size = var('training_sample_size') %}
    {% if not is_whole_number(sample_size, 1) %}
        {% do refuse("The variable training_sample_size is " ~ sample_size
            ~ "; it must be a whole number above 0.") %}
    {% endif %}
    {% if not is_segment_count(var('fallback_segment_count')) %}
        {% do refuse("The variable fallback_segment_count is "
            ~ var('fallback_segment_count')
            ~ "; it must be a whole number from 2 to 8.") %}
    {% endif %}
    {% if var('strict_verdict') is not boolean %}
        {% do refuse("The variable strict_verdict is " ~ var('strict_verdict')
            ~ "; it must be true or false.") %}
    {% endif %}
    {% set association = var('max_protected_association') %}
    {% if not is_share(association) %}
        {% do refuse("The variable max_protected_association is " ~ association
            ~ "; it must be a number from 0 to 1.") %}
    {% endif %}
    {% set drift = var('max_feature_drift') %}
    {% if drift is not number or drift is boolean or not 0 < drift <= 100 %}
        {% do refuse("The variable max_feature_drift is " ~ drift
            ~ "; it must be a number above 0, and at most 100.") %}
    {% endif %}
    {% set min_cell_size = var('min_cell_size') %}
    {% if not is_whole_number(min_cell_size, 0) %}
        {% do refuse("The variable min_cell_size is " ~ min_cell_size
            ~ "; it must be a whole number, 0 or more.") %}
    {% endif %}
{% endmacro %}

{# What can be said of an objective without the catalogue. #}
{% macro check_settings(name, objective) %}
    {% set where = "Objective " ~ name ~ ": " %}
    {% set asked_keys = ['block_weights', 'segment_count'] %}
    {% set further_keys = ['outcome', 'technique', 'model_version'] %}

    {% if not is_plain_name(name) %}
        {% do refuse(where ~ "the name becomes part of an SQL name; it must be "
            ~ "lower-case letters, digits and underscores, and start with a letter.") %}
    {% endif %}
    {% if objective is not mapping %}
        {% do refuse(where ~ "it has no settings; an objective has block_weights "
            ~ "and segment_count, and may have an outcome.") %}
    {% endif %}
    {% for key in objective if key not in asked_keys + further_keys %}
        {% do refuse(where ~ key ~ " is not known; an objective has block_weights, "
            ~ "segment_count, where something judges it outcome and, where it is not "
            ~ "kmeans, technique; model_version pins it to an older model.") %}
    {% endfor %}
    {% for key in asked_keys if key not in objective %}
        {% do refuse(where ~ key ~ " is missing.") %}
    {% endfor %}
    {% set pinned = objective.get('model_version', 1) %}
    {% if not is_whole_number(pinned, 1) %}
        {% do refuse(where ~ "model_version is " ~ pinned ~ "; it must be a whole number "
            ~ "above 0, as make models lists them.") %}
    {% endif %}
    {% if objective.segment_count != 'auto'
        and not is_segment_count(objective.segment_count) %}
        {% do refuse(where ~ "segment_count is " ~ objective.segment_count
            ~ "; it can be auto or a whole number from 2 to 8.") %}
    {% endif %}
    {% if objective.block_weights is not mapping or not objective.block_weights %}
        {% do refuse(where ~ "block_weights is empty or no mapping: weigh at least one "
            ~ "block.") %}
    {% endif %}
    {% for block, weight in objective.block_weights.items()
        if weight is not number or weight is boolean or not 0 < weight <= 1000 %}
        {% do refuse(where ~ "the weight of block " ~ block ~ " is " ~ weight
            ~ "; it must be a number above 0, and at most 1000 (leave a block out to "
            ~ "ignore it).") %}
    {% endfor %}
{% endmacro %}

{# The techniques are listed where they are written. #}
{% macro check_technique(name, objective) %}
    {% set problem = local_value(
        "select technique_problem(" ~ local_text(objective.technique) ~ ")"
    ) if objective.technique is defined %}
    {% do refuse("Objective " ~ name ~ ": " ~ problem) if problem %}
{% endmacro %}

{# What the catalogue says of an objective's blocks and outcome. #}
{% macro check_features(name, objective, catalog) %}
    {% set where = "Objective " ~ name ~ ": " %}
    {% set protected = catalog | selectattr('role', 'eq', 'protected')
        | map(attribute='feature') | list + protected_sources() %}
    {% if objective.get('outcome') is not none
        and objective.outcome not in catalog | map(attribute='feature') %}
        {% do refuse(where ~ "the outcome " ~ objective.outcome
            ~ " is not a feature; these are: "
            ~ catalog | map(attribute='feature') | join(', ') ~ ".") %}
    {% endif %}

    {% set all_blocks = catalog | selectattr('role', 'eq', 'basis')
        | map(attribute='block') | unique | list %}
    {% set judging = [] %}
    {% for row in catalog if row.feature == objective.outcome %}
        {% do judging.extend(sources_of(row)) %}
    {% endfor %}
    {% set usable_blocks = [] %}
    {% for row in catalog if row.role == 'basis'
        and not set(sources_of(row)).intersection(judging) %}
        {% do usable_blocks.append(row.block) %}
    {% endfor %}
    {% set usable_blocks = usable_blocks | unique | sort %}
    {% for block in objective.block_weights if block not in usable_blocks %}
        {% if block in protected %}
            {% do refuse(where ~ block ~ " is protected: it may describe segments and "
                ~ "may not form them.") %}
        {% endif %}
        {% if block in all_blocks %}
            {% do refuse(where ~ "the block " ~ block ~ " cannot form segments that "
                ~ objective.outcome ~ " judges: both are made of "
                ~ judging | join(' and ') ~ ". Choose another outcome, or "
                ~ "leave the block out.") %}
        {% endif %}
        {% do refuse(where ~ block ~ " is not a block of features that can form "
            ~ "segments; these can: " ~ usable_blocks | join(', ')
            ~ ".") %}
    {% endfor %}
{% endmacro %}

{# Tables of users have columns of their own beside what is declared. #}
{% macro check_columns(name, catalog) %}
    {% set declared_names = catalog | map(attribute='feature') | list
        + declared_columns() | map(attribute='name') | list %}
    {% set own_names = ['purchase_segment'] %}
    {% for part in ['segment', 'segment_number', 'distance', 'margin',
        'runner_up_number', 'runner_up_distance', 'model_version'] %}
        {% do own_names.append(name ~ '_' ~ part) %}
    {% endfor %}
    {% for own_name in own_names if own_name in declared_names %}
        {% do refuse("Objective " ~ name ~ ": " ~ own_name ~ " is the name of a column "
            ~ "or feature that is declared, and of one that tables of users have: give "
            ~ "what is declared another name.") %}
    {% endfor %}
{% endmacro %}

{# The columns of the profile that a feature is made from, the main one first. #}
{% macro sources_of(row) %}
    {% do return([row.source] + (row.further_sources or '').split()) %}
{% endmacro %}

{% macro is_segment_count(value) %}
    {% do return(is_whole_number(value, 2) and value <= 8) %}
{% endmacro %}
