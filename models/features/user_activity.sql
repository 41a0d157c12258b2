{{ config(materialized='table') }}

with users as (
    select * from {{ ref('stg_users') }}
),

observed_period as (
    select
        first_event_date,
        -- A log that has ended tells nothing of the time since.
        least(as_of_date, events_ended_on) as as_of_date,
        -- Of a log that was not read, or that begins later, nothing is known.
        coalesce(first_event_date <= as_of_date, false) as is_logged
    from {{ ref('stg_observed_period') }}
),

daily_sessions as (
    select
        user_identities.user_id,
        daily_sessions.session_id,
        daily_sessions.event_date,
        daily_sessions.first_event_at,
        daily_sessions.last_event_at,
        daily_sessions.event_count,
        daily_sessions.night_event_count,
        daily_sessions.app_event_count,
        daily_sessions.social_event_count,
        {{ days_between('daily_sessions.event_date', 'observed_period.as_of_date') }}
            as age_days
    from {{ ref('user_daily_sessions') }} as daily_sessions
    inner join {{ ref('stg_user_identities') }} as user_identities
        on daily_sessions.logged_user_id = user_identities.logged_user_id
    cross join observed_period
    where
        daily_sessions.event_date
        between observed_period.first_event_date and observed_period.as_of_date
),

event_counts as (
    select
        user_id,
        min(age_days) as days_since_last_event,
        sum(event_count) as event_count,
        sum(event_count) filter (where age_days < 7) as count_7_days,
        sum(event_count) filter (where age_days < 28) as count_28_days,
        sum(event_count) filter (where age_days between 28 and 55)
            as count_28_days_before,
        sum(event_count) filter (where age_days < 90) as count_90_days,
        sum(social_event_count) filter (where age_days < 90) as social_count_90_days,
        sum(event_count) filter (where {{ day_of_week('event_date') }} >= 6)
            as weekend_count,
        sum(night_event_count) as night_count,
        sum(app_event_count) as app_count,
        sum(social_event_count) as social_count
    from daily_sessions
    group by all
),

-- A day of a visit is one, though its user signed in on it.
session_days as (
    select
        user_id,
        session_id,
        event_date,
        min(first_event_at) as first_event_at,
        max(last_event_at) as last_event_at
    from daily_sessions
    where {{ is_session('session_id') }}
    group by all
),

-- A session may go on after midnight.
sessions as (
    select
        user_id,
        session_id,
        {{ microseconds_between('min(first_event_at)', 'max(last_event_at)') }}
            as microseconds,
        count(*) as day_count,
        sum(least(
            {{ microseconds_between('first_event_at', 'last_event_at') }},
            {{ longest_session() }}
        )) as day_microseconds
    from session_days
    group by all
),

-- What lasts too long for a visit is a visit for each of its days.
visits as (
    select
        user_id,
        case when microseconds <= {{ longest_session() }} then 1 else day_count end
            as session_count,
        case
            when microseconds <= {{ longest_session() }} then microseconds
            else day_microseconds
        end as microseconds
    from sessions
),

session_counts as (
    select
        user_id,
        cast(sum(session_count) as bigint) as session_count,
        sum(microseconds) / sum(session_count) / 60e6 as session_minutes
    from visits
    group by all
),

active_days as (
    select distinct
        user_id,
        event_date
    from daily_sessions
),

visit_gaps as (
    select
        user_id,
        {{ days_between(
            'lag(event_date) over (partition by user_id order by event_date)',
            'event_date'
        ) }} as gap_days
    from active_days
),

-- Whole numbers until the last step: the same to the last bit in any order.
gap_counts as (
    select
        user_id,
        count(*) as active_day_count,
        count(gap_days) as gap_count,
        sum(gap_days) as gap_days,
        sum(gap_days * gap_days) as squared_gap_days
    from visit_gaps
    group by all
),

-- No events in a log are none; what they would have been like is not known.
logged_users as (
    select
        users.user_id,
        case when observed_period.is_logged then 0 end as no_events
    from users
    cross join observed_period
)

select
    logged_users.user_id,
    cast(coalesce(event_counts.event_count, logged_users.no_events) as bigint)
        as event_count,
    coalesce(gap_counts.active_day_count, logged_users.no_events) as active_day_count,
    coalesce(session_counts.session_count, logged_users.no_events) as session_count,
    session_counts.session_minutes,
    event_counts.days_since_last_event,
    cast(coalesce(event_counts.count_7_days, logged_users.no_events) as double)
        as events_per_week_7_days,
    coalesce(event_counts.count_28_days, logged_users.no_events) / 4
        as events_per_week_28_days,
    coalesce(event_counts.count_90_days, logged_users.no_events) * 7 / 90
        as events_per_week_90_days,
    -- From -1, all before, to 1, all since.
    (
        coalesce(event_counts.count_28_days, 0)
        - coalesce(event_counts.count_28_days_before, 0)
    ) / nullif(
        coalesce(event_counts.count_28_days, 0)
        + coalesce(event_counts.count_28_days_before, 0),
        0
    ) as activity_trend,
    coalesce(event_counts.weekend_count, 0) / event_counts.event_count
        as weekend_event_share,
    event_counts.night_count / event_counts.event_count as night_event_share,
    event_counts.app_count
    / nullif(event_counts.event_count - event_counts.social_count, 0)
        as app_event_share,
    gap_counts.gap_days / nullif(gap_counts.gap_count, 0) as days_between_visits,
    -- Standard deviation over mean: 0 like clockwork, 1 at random. One gap varies from
    -- nothing.
    case
        when gap_counts.gap_count >= 2
            then
                sqrt(
                    gap_counts.gap_count * gap_counts.squared_gap_days
                    - gap_counts.gap_days * gap_counts.gap_days
                ) / gap_counts.gap_days
    end as visit_gap_variation,
    event_counts.social_count / event_counts.event_count as social_event_share,
    coalesce(event_counts.social_count_90_days, logged_users.no_events) * 7 / 90
        as social_events_per_week_90_days
from logged_users
left join event_counts on logged_users.user_id = event_counts.user_id
left join session_counts on logged_users.user_id = session_counts.user_id
left join gap_counts on logged_users.user_id = gap_counts.user_id
