{#
    The last day of which an incremental model already has every event, as a literal:
    read while a model compiles, since a hook removes the days after it. A day more than
    late_arrival_days, for the hour that clocks are put forward; and before any day that
    an earlier build has not counted to the end.
#}
{% macro last_settled_date() %}
    {% set query %}
        with counts as (
            select
                cast({{ local_time('occurred_at') }} as date) as event_date,
                1 as event_count
            from {{ ref('stg_events') }}
            union all
            select
                event_date,
                -event_count as event_count
            from {{ this }}
        ),

        unsettled_dates as (
            select event_date
            from counts
            group by all
            having sum(event_count) <> 0
        )

        select
            least(
                {#- Not the newest one, which may be far from all others. #}
                (
                    select last_day - {{ var('late_arrival_days') + 2 }}
                    from ({{ supported_days(
                        this, 'event_date', 'logged_user_id', 'sum(event_count)'
                    ) }}) as supported_days
                ),
                (select min(event_date) - 1 from unsettled_dates)
            )
        from {{ this }}
        {#- In another zone every event has another day. #}
        having
            min(time_zone) = {{ text_literal(var('time_zone')) }}
            and max(time_zone) = {{ text_literal(var('time_zone')) }}
    {% endset %}
    {% set day = run_query(query) if execute else [] %}
    {% do return(
        "date '" ~ day[0][0] ~ "'" if day | length
        else "cast(" ~ earliest_time() ~ " as date)"
    ) %}
{% endmacro %}

{# Make room for the days that are counted again. A pre-hook. #}
{% macro delete_unsettled_days() %}
    {#- Without rows no day would be settled. #}
    {% if is_incremental() and not flags.EMPTY %}
        {{ delete_rows(this, 'event_date > ' ~ last_settled_date()) }}
    {% endif %}
{% endmacro %}
