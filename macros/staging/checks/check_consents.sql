{#
    Stop the build, with one plain line, where a decision cannot be read: to pass over an
    objection is worse than to build nothing. A pre-hook of stg_recorded_consents.
#}
{% macro check_consents() %}
    {% set rows = run_query(
        "select row_number, problems, user_id, decision_text, "
        ~ "decided_at_text from " ~ ref('stg_checked_consents')
        ~ " where problems is not null order by row_number limit 1"
    ) if execute else [] %}
    {% for row in rows %}
        {% do refuse("consents (" ~ source_files('consents') ~ "): row " ~ row[0]
            ~ " after the header cannot be read (" ~ row[1] ~ "): user_id is "
            ~ quoted(row[2]) ~ ", is_profiling_allowed is " ~ quoted(row[3])
            ~ ", decided_at is " ~ quoted(row[4]) ~ ". A row has user_id, "
            ~ "is_profiling_allowed (true or false) and decided_at (with an offset, like "
            ~ "2025-12-31T23:59:00Z): mend it, since it may be an objection.") %}
    {% endfor %}
{% endmacro %}

{# A value for a message. #}
{% macro quoted(value) %}
    {% do return('empty' if value is none else '"' ~ value ~ '"') %}
{% endmacro %}
