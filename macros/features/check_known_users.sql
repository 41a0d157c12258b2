{#
    Stop the build, with one plain line, where a log has users and none of them has a
    profile: it would count for nobody, and objections would be passed over. A pre-hook
    of user_features.
#}
{% macro check_known_users() %}
    {% set matches = ref('user_log_matches') %}
    {#- Fewer than ten may all be visitors by chance. #}
    {% set findings = run_query(
        "select finding from " ~ matches
        ~ " where known_user_count = 0 and unknown_user_count >= 10 order by source"
    ) if execute and not flags.EMPTY else [] %}
    {% for row in findings %}
        {% do refuse(row[0]) %}
    {% endfor %}
{% endmacro %}
