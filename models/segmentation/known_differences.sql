{%- set limits = distinctive_limits() -%}

with segment_statistics as (
    select * from {{ ref('segment_statistics') }}
),

segment_sizes as (
    select * from {{ ref('segment_sizes') }}
)

select
    segment_statistics.objective,
    segment_statistics.segment_number,
    segment_statistics.feature,
    segment_statistics.standardised_difference,
    -- What is known of few says little of the others.
    segment_statistics.user_count
    >= {{ limits.named_known_share }} * segment_sizes.user_count as is_known_to_name
from segment_statistics
inner join segment_sizes
    on
        segment_statistics.objective = segment_sizes.objective
        and segment_statistics.segment_number = segment_sizes.segment_number
where
    segment_statistics.user_count
    >= {{ limits.kept_known_share }} * segment_sizes.user_count
    and not segment_statistics.is_suppressed
