{{ config(enabled=is_case_study()) }}

with users as (
    select * from {{ ref('stg_users') }}
),

weekly_hours as (
    select
        user_id,
        reaction_count,
        2 * weekend_hours_online as weekend_hours,
        5 * weekday_hours_online + 2 * weekend_hours_online as weekly_hours_online
    from users
)

select
    user_id,
    weekly_hours_online,
    weekend_hours / nullif(weekly_hours_online, 0) as weekend_share,
    -- Minutes a week would make thousands of a few reactions.
    reaction_count / greatest(weekly_hours_online, 1) as reactions_per_hour
from weekly_hours
