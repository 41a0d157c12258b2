{{ config(materialized='table') }}

with users as (
    select * from {{ ref('stg_users') }}
),

observed_period as (
    select
        as_of_date,
        -- So long ago, at least, was the last event of a user who has none.
        greatest(
            {{ days_between('first_event_date', 'as_of_date') }} + 1, 0
        ) as logged_day_count
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
    where daily_sessions.event_date <= observed_period.as_of_date
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

-- A session may go on after midnight, or after its user has signed in.
sessions as (
    select
        user_id,
        session_id,
        {{ microseconds_between('min(first_event_at)', 'max(last_event_at)') }}
            as microseconds,
        count(*) as part_count,
        sum(least(
            {{ microseconds_between('first_event_at', 'last_event_at') }},
            {{ longest_session() }}
        )) as part_microseconds
    from daily_sessions
    where {{ is_session('session_id') }}
    group by all
),

-- What lasts too long for a visit is a visit for each of its days.
visits as (
    select
        user_id,
        case when microseconds <= {{ longest_session() }} then 1 else part_count end
            as session_count,
        case
            when microseconds <= {{ longest_session() }} then microseconds
            else part_microseconds
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
)

select
    users.user_id,
    cast(coalesce(event_counts.event_count, 0) as bigint) as event_count,
    coalesce(gap_counts.active_day_count, 0) as active_day_count,
    coalesce(session_counts.session_count, 0) as session_count,
    coalesce(session_counts.session_minutes, 0) as session_minutes,
    coalesce(
        event_counts.days_since_last_event, observed_period.logged_day_count, 0
    ) as days_since_last_event,
    cast(coalesce(event_counts.count_7_days, 0) as double) as events_per_week_7_days,
    coalesce(event_counts.count_28_days, 0) / 4 as events_per_week_28_days,
    coalesce(event_counts.count_90_days, 0) * 7 / 90 as events_per_week_90_days,
    -- From -1, all before, to 1, all since.
    coalesce(
        (
            coalesce(event_counts.count_28_days, 0)
            - coalesce(event_counts.count_28_days_before, 0)
        ) / nullif(
            coalesce(event_counts.count_28_days, 0)
            + coalesce(event_counts.count_28_days_before, 0),
            0
        ),
        0
    ) as activity_trend,
    -- Without events: an even week, an even day, as much in the app as on the web.
    coalesce(
        coalesce(event_counts.weekend_count, 0) / event_counts.event_count, 2 / 7
    ) as weekend_event_share,
    coalesce(event_counts.night_count / event_counts.event_count, 8 / 24)
        as night_event_share,
    coalesce(
        event_counts.app_count
        / nullif(event_counts.event_count - event_counts.social_count, 0),
        1 / 2
    ) as app_event_share,
    coalesce(
        gap_counts.gap_days / nullif(gap_counts.gap_count, 0),
        observed_period.logged_day_count,
        0
    ) as days_between_visits,
    -- Standard deviation over mean: 0 like clockwork, 1 at random, which is what nobody
    -- with fewer than two gaps can be told from.
    coalesce(
        case
            when gap_counts.gap_count >= 2
                then
                    sqrt(
                        gap_counts.gap_count * gap_counts.squared_gap_days
                        - gap_counts.gap_days * gap_counts.gap_days
                    ) / gap_counts.gap_days
        end,
        1
    ) as visit_gap_variation,
    coalesce(event_counts.social_count / event_counts.event_count, 0)
        as social_event_share,
    coalesce(event_counts.social_count_90_days, 0) * 7 / 90
        as social_events_per_week_90_days
from users
cross join observed_period
left join event_counts on users.user_id = event_counts.user_id
left join session_counts on users.user_id = session_counts.user_id
left join gap_counts on users.user_id = gap_counts.user_id
