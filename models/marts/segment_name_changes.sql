with naming_history as (
    select * from {{ ref('naming_history') }}
    -- The users of the shipped sample are other people than anybody else's.
    where is_sample = {{ is_sample_read() }}
),

changes as (
    select
        objective,
        objective || '-' || segment_number as segment_key,
        change_number,
        changed_at,
        lag(segment_name) over segment_changes as last_segment_name,
        segment_name,
        lag(recommended_action) over segment_changes as last_recommended_action,
        recommended_action,
        reason
    from naming_history
    window segment_changes as (
        partition by objective, segment_number
        order by change_number
    )
)

select *
from changes
-- Under an alias the rule may call a segment otherwise, and nobody sees it.
where
    segment_name is distinct from last_segment_name
    or recommended_action is distinct from last_recommended_action
