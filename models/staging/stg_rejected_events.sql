{{ config(materialized='table') }}

with checked_events as (
    select * from {{ ref('stg_checked_events') }}
),

valid_events as (
    select
        row_number,
        event_id,
        occurred_at,
        raw_event,
        {{ event_content() }} as content
    from checked_events
    where rejection_reasons is null
),

kept_events as (
    select
        event_id,
        occurred_at,
        {{ event_content() }} as content
    from {{ ref('stg_events') }}
),

other_deliveries as (
    select
        valid_events.row_number,
        case
            when valid_events.occurred_at >= kept_events.occurred_at
                then 'event_id_repeated'
            else 'occurred_at_too_late'
        end as reasons,
        valid_events.raw_event
    from valid_events
    left join kept_events on valid_events.event_id = kept_events.event_id
    where
        kept_events.event_id is null
        or valid_events.content <> kept_events.content
),

repeated_ids as (
    select event_id
    from valid_events
    group by all
    having count(*) > 1
),

further_copies as (
    select
        valid_events.row_number,
        'event_id_repeated' as reasons,
        valid_events.raw_event
    from valid_events
    semi join repeated_ids on valid_events.event_id = repeated_ids.event_id
    inner join kept_events
        on
            valid_events.event_id = kept_events.event_id
            and valid_events.content = kept_events.content
    qualify row_number() over (
        partition by valid_events.event_id order by valid_events.row_number
    ) > 1
),

rejected_events as (
    select
        row_number,
        rejection_reasons as reasons,
        raw_event
    from checked_events
    where rejection_reasons is not null
    union all
    select * from other_deliveries
    union all
    select * from further_copies
)

select
    row_number,
    reasons,
    to_json(raw_event) as raw_row
from rejected_events
