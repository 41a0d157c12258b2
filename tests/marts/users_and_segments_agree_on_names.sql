-- Reports join users to segments by objective and name: a name that two segments of an
-- objective bear, or none, would multiply users or lose them.
with segments as (
    select * from {{ ref('segments') }}
),

named_users as (
    {%- for objective in objectives() %}
    select
        '{{ objective }}' as objective,
        {{ objective }}_segment as segment_name
    from {{ ref('users') }}
    union all
    {%- endfor %}
    select
        cast(null as string) as objective,
        cast(null as string) as segment_name
    where false
),

counted_users as (
    select
        objective,
        segment_name,
        count(*) as user_count
    from named_users
    group by all
)

select
    segments.segment_key,
    counted_users.objective,
    counted_users.segment_name,
    segments.user_count as segment_user_count,
    counted_users.user_count as named_user_count
from segments
full outer join counted_users
    on
        segments.objective = counted_users.objective
        and segments.segment_name = counted_users.segment_name
where segments.user_count is distinct from counted_users.user_count
