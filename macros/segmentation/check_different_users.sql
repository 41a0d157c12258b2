{#
    Stop the build before any model is fitted, with one plain line, where an objective
    asks for more segments than there are different users: KMeans has nothing to make
    the others of. A pre-hook of segment_count_scores, which looks at the fewest users.
#}
{% macro check_different_users() %}
    {% set objectives, vectors = ref('objectives'), ref('training_matrix') %}
    {% set counts = run_query(
        "select
            objectives.objective,
            objectives.segment_count,
            objectives.fallback_segment_count,
            count(*) as user_count,
            count(distinct training_matrix.vector) as different_count
        from " ~ objectives ~ " as objectives
        inner join " ~ vectors ~ " as training_matrix
            on objectives.objective = training_matrix.objective
        where training_matrix.sample_rank <= " ~ config.meta_get('most_users') ~ "
        group by all
        order by objectives.objective"
    ) if execute else [] %}
    {% for row in counts %}
        {% set setting = 'fallback_segment_count' if row.segment_count == 'auto'
            else 'segment_count' %}
        {% if row.different_count < row[setting] | int %}
            {% do refuse("Objective " ~ row.objective ~ ": " ~ row[setting]
                ~ " segments (" ~ setting ~ ") need as many users that differ in its "
                ~ "features; found " ~ row.different_count ~ " among the "
                ~ row.user_count ~ " compared. Bring more users"
                ~ (", or lower " ~ setting ~ " to at most " ~ row.different_count
                    if row.different_count > 1 else "") ~ ".") %}
        {% endif %}
    {% endfor %}
{% endmacro %}
