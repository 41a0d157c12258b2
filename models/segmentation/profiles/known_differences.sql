{%- set limits = distinctive_limits() -%}

with disclosed_statistics as (
    select * from {{ ref('disclosed_statistics') }}
),

segment_sizes as (
    select * from {{ ref('segment_sizes') }}
)

select
    disclosed_statistics.objective,
    disclosed_statistics.segment_number,
    disclosed_statistics.feature,
    disclosed_statistics.certain_difference,
    disclosed_statistics.is_suppressed,
    -- What is known of few says little of the others.
    disclosed_statistics.user_count
    >= {{ limits.named_known_share }} * segment_sizes.user_count as is_known_to_name
from disclosed_statistics
inner join segment_sizes
    on
        disclosed_statistics.objective = segment_sizes.objective
        and disclosed_statistics.segment_number = segment_sizes.segment_number
where
    disclosed_statistics.user_count
    >= {{ limits.kept_known_share }} * segment_sizes.user_count
    and disclosed_statistics.certain_difference is not null
