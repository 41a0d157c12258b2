with users as (
    select * from {{ ref('stg_users') }}
),

weekly_hours as (
    select
        user_id,
        weekday_hours_online,
        weekend_hours_online,
        reaction_count,
        followed_account_count,
        5 * weekday_hours_online as weekday_hours,
        2 * weekend_hours_online as weekend_hours,
        5 * weekday_hours_online + 2 * weekend_hours_online as weekly_hours_online
    from users
)

select
    user_id,
    weekday_hours_online,
    weekend_hours_online,
    weekly_hours_online,
    weekend_hours / nullif(weekly_hours_online, 0) as weekend_share,
    reaction_count,
    -- Minutes a week would make thousands of a few reactions.
    reaction_count / greatest(weekly_hours_online, 1) as reactions_per_hour,
    followed_account_count
from weekly_hours
