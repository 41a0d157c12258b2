{#
    The as-of date of the build before as a literal, null where there was none: read
    while a model compiles, since Spark drops a table before it is made again.
#}
{% macro previous_as_of_date() %}
    {% set period = left_by_last_build('stg_observed_period', 'staging') %}
    {% set day = run_query('select max(as_of_date) from ' ~ period)[0][0]
        if execute and period %}
    {% do return("date '" ~ day ~ "'" if day else 'cast(null as date)') %}
{% endmacro %}
