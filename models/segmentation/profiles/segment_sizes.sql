with user_segments as (
    select * from {{ ref('user_segments') }}
),

sizes as (
    select
        objective,
        segment_number,
        segment_key,
        model_version,
        count(*) as user_count
    from user_segments
    group by all
)

select
    *,
    user_count / sum(user_count) over (partition by objective) as user_share
from sizes
