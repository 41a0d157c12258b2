{#
    The last day of which an incremental model already has every event, as a literal:
    read while a model compiles, since a hook removes the days after it. A day more than
    late_arrival_days, for the hour that clocks are put forward.
#}
{% macro last_settled_date() %}
    {% set day = run_query(
        "select max(event_date) - " ~ (var('late_arrival_days') + 2) ~ " from " ~ this
        ~ " having min(time_zone) = '" ~ var('time_zone') ~ "'"
        ~ " and max(time_zone) = '" ~ var('time_zone') ~ "'"
    ) if execute else [] %}
    {#- In another zone every event has another day. #}
    {% do return("date '" ~ (day[0][0] if day | length else '-infinity') ~ "'") %}
{% endmacro %}

{# Make room for the days that are counted again. A pre-hook. #}
{% macro delete_unsettled_days() %}
    {% if is_incremental() %}
        delete from {{ this }} where event_date > {{ last_settled_date() }}
    {% endif %}
{% endmacro %}
