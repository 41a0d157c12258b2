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
),

flagged_sizes as (
    select
        *,
        {{ is_hidden_in_line(
            'objection_count', 'objective', 'segment_key'
        ) | indent(8) }}
            as is_suppressed
    from sizes
),

-- The size of a list tells how many objected, but where enough others are held out.
disclosed_sizes as (
    select
        *,
        not is_suppressed
        or held_out_count >= {{ var('min_cell_size') }}
            as is_list_shown
    from flagged_sizes
)

select
    disclosed_sizes.objective,
    disclosed_sizes.segment_key,
    disclosed_sizes.segment_name,
    audience_policies.platform,
    disclosed_sizes.user_count,
    disclosed_sizes.is_suppressed,
    {%- for column in ['objection_count', 'held_out_count'] %}
    case when not disclosed_sizes.is_suppressed then disclosed_sizes.{{ column }} end
        as {{ column }},
    {%- endfor %}
    case when disclosed_sizes.is_list_shown then disclosed_sizes.list_count end
        as list_count,
    audience_policies.min_user_count,
    case
        when
            disclosed_sizes.is_list_shown
            -- What the size alone tells.
            or disclosed_sizes.user_count < audience_policies.min_user_count
            or disclosed_sizes.user_count - {{ var('min_cell_size') }}
            >= audience_policies.min_user_count
            then disclosed_sizes.list_count >= audience_policies.min_user_count
    end as is_large_enough
from disclosed_sizes
cross join audience_policies
