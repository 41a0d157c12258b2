with user_segments as (
    select * from {{ ref('user_segments') }}
),

segments as (
    select * from {{ ref('segments') }}
),

release as (
    select * from {{ ref('release') }}
)

select
    user_segments.objective,
    user_segments.user_id,
    user_segments.segment_key,
    segments.user_share / segments.user_count as part_of_users,
    release.built_at
from user_segments
inner join segments on user_segments.segment_key = segments.segment_key
cross join release
