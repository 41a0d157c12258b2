with segments as (
    select * from {{ ref('segments') }}
),

audiences as (
    select * from {{ ref('audiences') }}
),

audience_policies as (
    select * from {{ ref('audience_policies') }}
),

audience_counts as (
    select
        segment_key,
        count(*) as allowed_count,
        count(*) filter (where is_held_out) as held_out_count
    from audiences
    group by all
),

sizes as (
    select
        segments.objective,
        segments.segment_key,
        segments.segment_name,
        segments.user_count,
        segments.user_count - coalesce(audience_counts.allowed_count, 0)
            as objection_count,
        coalesce(audience_counts.held_out_count, 0) as held_out_count,
        coalesce(
            audience_counts.allowed_count - audience_counts.held_out_count, 0
        ) as list_count
    from segments
    left join audience_counts on segments.segment_key = audience_counts.segment_key
)

select
    sizes.objective,
    sizes.segment_key,
    sizes.segment_name,
    audience_policies.platform,
    sizes.user_count,
    sizes.objection_count,
    sizes.held_out_count,
    sizes.list_count,
    audience_policies.min_user_count,
    sizes.list_count >= audience_policies.min_user_count as is_large_enough
from sizes
cross join audience_policies
