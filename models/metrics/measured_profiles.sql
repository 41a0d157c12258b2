{{ config(enabled=is_case_study()) }}

with user_segments as (
    select * from {{ ref('user_segments') }}
),

users as (
    select * from {{ ref('users') }}
),

release as (
    select * from {{ ref('release') }}
)

select
    user_segments.objective,
    user_segments.user_id,
    user_segments.segment_key,
    users.click_through_rate,
    users.conversion_rate,
    users.weekly_hours_online,
    release.built_at
from user_segments
inner join users on user_segments.user_id = users.user_id
cross join release
