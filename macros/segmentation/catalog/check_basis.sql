{#
    Stop the build, with one plain line, where no feature of an objective is known of
    enough users to form segments. A post-hook of basis_features.
#}
{% macro check_basis() %}
    {% set rows = run_query(
        "select
            candidate_features.objective,
            count(*) as feature_count
        from " ~ ref('candidate_features') ~ " as candidate_features
        left join " ~ this ~ " as basis_features
            on candidate_features.objective = basis_features.objective
        where basis_features.objective is null
        group by all
        order by candidate_features.objective"
    ) if execute else [] %}
    {% for row in rows %}
        {% do refuse(
            "Objective " ~ row.objective ~ ": "
            ~ ("its only feature is" if row.feature_count == 1
                else "all " ~ row.feature_count ~ " features of its blocks are")
            ~ " unknown for more than half of the users: weigh other blocks, or say "
            ~ "feature: {may_be_mostly_unknown: true} where they shall form segments "
            ~ "all the same."
        ) %}
    {% endfor %}
{% endmacro %}
