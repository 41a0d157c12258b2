{#
    The time from which a build adds the events that it reads to those that are stored:
    that of the newest one on a day that they support, less the days of the variable
    late_arrival_days. One with a wrong date must not make all others late.

    Argument:
        stored: relation with the stored events
#}
{% macro late_arrival_cutoff(stored) -%}
    {%- set day = 'cast(' ~ local_time('occurred_at') ~ ' as date)' -%}
    select
        {#- Nothing is too late for a model without rows. #}
        coalesce(
            max(occurred_at) - interval {{ var('late_arrival_days') }} day,
            {{ earliest_time() }}
        ) as cutoff_at
    from {{ stored }}
    where {{ day }} <= (
        select last_day
        from ({{ supported_days(stored, day) }}) as supported_days
    )
{%- endmacro %}
