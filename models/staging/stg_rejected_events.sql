{{ config(materialized='table') }}

{%- set far_problem = far_time_problem(
    'occurred_at', 'event_period.first_event_date', 'event_period.last_event_date'
) -%}

with checked_events as (
    select * from {{ ref('stg_checked_events') }}
),

event_period as (
    select * from {{ ref('stg_event_period') }}
),

kept_events as (
    select
        event_id,
        occurred_at,
        {{ event_content() }} as content
    from {{ ref('stg_events') }}
),

deliveries as (
    select
        {{ event_content() }} as content,
        1 as delivery_count
    from {{ ref('stg_checked_events') }}
    where rejection_reasons is null
    union all
    select
        content,
        -1 as delivery_count
    from kept_events
),

-- What was read more often than it is kept.
unkept_contents as (
    select content
    from deliveries
    group by all
    having sum(delivery_count) > 0
),

unkept_deliveries as (
    select
        checked_events.row_number,
        checked_events.event_id,
        checked_events.occurred_at,
        checked_events.raw_event,
        {{ event_content() }} as content,
        {{ far_problem }} as far_problem
    from {{ ref('stg_checked_events') }} as checked_events
    cross join event_period
    where
        checked_events.rejection_reasons is null
        and (
            {{ event_content() }} in (
                select unkept_contents.content from unkept_contents
            )
            or {{ far_problem }} is not null
        )
),

judged_deliveries as (
    select
        unkept_deliveries.row_number,
        unkept_deliveries.raw_event,
        case
            when
                unkept_deliveries.content = kept_events.content
                and row_number() over (
                    partition by unkept_deliveries.event_id, unkept_deliveries.content
                    order by unkept_deliveries.row_number
                ) = 1
                then unkept_deliveries.far_problem
            when unkept_deliveries.occurred_at >= kept_events.occurred_at
                then 'event_id_repeated'
            else 'occurred_at_too_late'
        end as rejection_reasons
    from unkept_deliveries
    left join kept_events on unkept_deliveries.event_id = kept_events.event_id
),

rejected_events as (
    select
        row_number,
        rejection_reasons,
        raw_event
    from checked_events
    where rejection_reasons is not null
    union all
    select
        row_number,
        rejection_reasons,
        raw_event
    from judged_deliveries
    where rejection_reasons is not null
)

select
    row_number,
    rejection_reasons,
    {{ json_of('raw_event') }} as raw_row
from rejected_events
