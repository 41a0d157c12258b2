{#
    Stop the build, with one plain line, where an objection is of no user who is read, and
    of one who is written a little otherwise: who objected would be addressed. A pre-hook
    of stg_consents.
#}
{% macro check_objections() %}
    {% set rows = run_query(
        "select row_number, user_id, similar_id, difference from "
        ~ ref('stg_unmatched_objections')
        ~ " where similar_id is not null order by row_number nulls last, user_id limit 1"
    ) if execute else [] %}
    {% for row in rows %}
        {#- So that characters are seen that nobody sees. #}
        {% set user = tojson(row[1]) if row[3].startswith('blanks') else quoted(row[1]) %}
        {% set place = "row " ~ row[0] ~ " after the header" if row[0]
            else "a row that an earlier build read" %}
        {% do refuse("consents (" ~ (source_files('consents') or "no file")
            ~ "): the objection of " ~ user ~ ", " ~ place ~ ", is of no user, "
            ~ "and there is " ~ quoted(row[2]) ~ ", which differs in " ~ row[3]
            ~ (". Write both in the same way, or say" if row[0] else ". Say")
            ~ " in user_aliases whose " ~ user ~ " is.") %}
    {% endfor %}
{% endmacro %}
