-- Features see only what is added up: a day that was not counted again, or twice, would
-- make users look less or more active than they are.
with events as (
    select
        cast({{ local_time('occurred_at') }} as date) as event_date,
        count(*) as event_count
    from {{ ref('stg_events') }}
    group by all
),

daily_sessions as (
    select
        event_date,
        sum(event_count) as event_count
    from {{ ref('user_daily_sessions') }}
    group by all
)

select
    events.event_date as expected_date,
    events.event_count as expected_count,
    daily_sessions.event_date,
    daily_sessions.event_count
from events
full join daily_sessions on events.event_date = daily_sessions.event_date
where events.event_count is distinct from daily_sessions.event_count
