{#
    Stop the build before any model is fitted, with one plain line, where an objective
    asks for more segments than there are different users: KMeans has nothing to make
    the others of. A pre-hook of segment_count_scores, which looks at the fewest users.
#}
{% macro check_different_users() %}
    {#- While dbt parses, too, so that what is read here is built before. #}
    {% set objectives, vectors = ref('objectives'), ref('training_matrix') %}
    {% set scales = feature_scale_rows() %}
    {% set compared = "training_matrix.sample_rank <= " ~ config.meta_get('most_users') %}
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
        where " ~ compared ~ "
        group by all
        order by objectives.objective"
    ) if execute else [] %}
    {% for row in counts %}
        {% set setting = 'fallback_segment_count' if row.segment_count == 'auto'
            else 'segment_count' %}
        {% if row.different_count < row[setting] | int %}
            {% set found = "Objective " ~ row.objective ~ ": " ~ row[setting]
                ~ " segments (" ~ setting ~ ") need as many users with different values, "
                ~ "and the " ~ '{:,}'.format(row.user_count)
                ~ " users compared have " %}
            {% set lower = ", or lower " ~ setting ~ " to at most " ~ row.different_count
                if row.different_count > 1 else "" %}
            {% if row.different_count == row.user_count %}
                {% do refuse(found ~ "no more. Bring more users" ~ lower ~ ".") %}
            {% endif %}
            {% set own_scales = scales | selectattr('objective', 'eq', row.objective) %}
            {% do refuse(found ~ different_sets(row.different_count) ~ " ("
                ~ different_by_block(vectors, own_scales, compared) ~ ")"
                ~ ". More users of the same kind would not help: weigh blocks or add "
                ~ "features in which users differ" ~ lower ~ ".") %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{# How many different sets of values each block of an objective has, as text. #}
{% macro different_by_block(vectors, scales, compared) %}
    {% set places, objectives = {}, [] %}
    {#- Vectors are in the order of the scales. -#}
    {% for scale in scales %}
        {% do objectives.append(scale.objective) %}
        {% do places.setdefault(scale.block, []).append(
            entry_at('training_matrix.vector', loop.index)
        ) %}
    {% endfor %}
    {% set texts = [] %}
    {% for block, entries in places | dictsort %}
        {% set count = run_query(
            "select count(distinct " ~ list_of(entries) ~ ")
            from " ~ vectors ~ " as training_matrix
            where training_matrix.objective = '" ~ objectives[0] ~ "' and " ~ compared
        )[0][0] %}
        {% do texts.append("block " ~ block ~ ": " ~ count) %}
    {% endfor %}
    {% do return(texts | join(', ')) %}
{% endmacro %}

{% macro different_sets(count) %}
    {% do return(
        "the same values" if count == 1 else count ~ " different sets of values"
    ) %}
{% endmacro %}
