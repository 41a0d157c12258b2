{#
    Stop the build, with one plain line, where it is told to use a model that is not
    there or that does not fit. A post-hook of `retrain_decisions`.
#}
{% macro check_retraining() %}
    {% set registry = read_rows(
        left_by_last_build('segment_models'),
        'objective, model_version, segment_number, feature'
    ) %}
    {% for row in read_rows(this, 'objective') %}
        {% set where = "Objective " ~ row.objective ~ ": " %}
        {% set versions = {} %}
        {% for past in registry if past.objective == row.objective %}
            {% do versions.update({past.model_version: past.definition_fingerprint}) %}
        {% endfor %}
        {% if row.retrain_trigger and var('retrain') == 'never' %}
            {% do refuse(where ~ "a model has to be trained, and the variable retrain "
                ~ "is never. " ~ row.reason ~ " Build once with retrain: auto.") %}
        {% elif not row.retrain_trigger and row.used_version not in versions %}
            {% do refuse(where ~ "model_version is " ~ row.used_version
                ~ ", and the registry has " ~ (versions | sort | join(', ') or "none")
                ~ ": make models lists them.") %}
        {% elif not row.retrain_trigger
            and versions[row.used_version] != row.definition_fingerprint %}
            {% do refuse(where ~ "model version " ~ row.used_version ~ " was trained "
                ~ "with other features, weights, another technique or number of segments "
                ~ "than are asked for now: restore these, or leave model_version out.") %}
        {% endif %}
    {% endfor %}
{% endmacro %}
