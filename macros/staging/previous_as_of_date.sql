{#
    The as-of date of the build before, of the same users, as a literal: null where there
    was none. Read while a model compiles, since Spark drops a table before it is made
    again.
#}
{% macro previous_as_of_date() %}
    {% set inputs = left_by_last_build('last_inputs') %}
    {% set day = run_query(
        "select max(answer) from " ~ inputs ~ " where measure = 'as_of_date'"
        ~ " and is_sample = " ~ is_sample_read()
    )[0][0] if execute and inputs %}
    {% do return("date '" ~ day ~ "'" if day else 'cast(null as date)') %}
{% endmacro %}
