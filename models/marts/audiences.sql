with user_segments as (
    select * from {{ ref('user_segments') }}
),

segments as (
    select * from {{ ref('segments') }}
),

objections as (
    select user_id
    from {{ ref('stg_consents') }}
    where not is_profiling_allowed
),

allowed_users as (
    select user_segments.*
    from user_segments
    anti join objections on user_segments.user_id = objections.user_id
)

select
    segments.objective,
    segments.segment_key,
    segments.segment_name,
    segments.verdict,
    allowed_users.user_id,
    {{ is_held_out('allowed_users.objective', 'allowed_users.user_id') }} as is_held_out
from allowed_users
inner join segments on allowed_users.segment_key = segments.segment_key
