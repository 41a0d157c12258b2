{%- set limits = distinctive_limits() -%}

with segment_statistics as (
    select * from {{ ref('segment_statistics') }}
),

feature_scales as (
    select * from {{ ref('feature_scales') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

segment_validity as (
    select * from {{ ref('segment_validity') }}
),

known_statistics as (
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
),

basis_differences as (
    select
        known_statistics.objective,
        known_statistics.segment_number,
        known_statistics.feature,
        known_statistics.standardised_difference,
        known_statistics.standardised_difference
        - nearest_statistics.standardised_difference as difference_from_nearest,
        known_statistics.is_known_to_name
        and abs(known_statistics.standardised_difference)
        >= {{ limits.named_difference }} as may_name,
        case
            when known_statistics.standardised_difference > 0 then 'high' else 'low'
        end as direction,
        case
            when known_statistics.standardised_difference > 0
                then feature_catalog.adjective_high
            else feature_catalog.adjective_low
        end as adjective,
        case
            when known_statistics.standardised_difference > 0
                then feature_catalog.noun_high
            else feature_catalog.noun_low
        end as noun
    from known_statistics
    inner join feature_scales
        on
            known_statistics.objective = feature_scales.objective
            and known_statistics.feature = feature_scales.feature
    inner join feature_catalog
        on known_statistics.feature = feature_catalog.feature
    left join segment_validity
        on
            known_statistics.objective = segment_validity.objective
            and known_statistics.segment_number = segment_validity.segment_number
    left join known_statistics as nearest_statistics
        on
            segment_validity.objective = nearest_statistics.objective
            and segment_validity.nearest_segment_number
            = nearest_statistics.segment_number
            and known_statistics.feature = nearest_statistics.feature
            and nearest_statistics.is_known_to_name
    where
        abs(known_statistics.standardised_difference)
        >= {{ limits.kept_difference }}
),

traits as (
    select
        *,
        feature || ' ' || direction as trait,
        -- Of a neighbour of whom it is not known nothing tells the segment apart.
        may_name
        and coalesce(
            case when direction = 'high' then 1 else -1 end * difference_from_nearest
            >= {{ limits.named_difference }},
            false
        ) as sets_apart
    from basis_differences
)

select
    *,
    row_number() over (
        partition by objective, segment_number
        order by
            may_name desc,
            sets_apart desc,
            abs(standardised_difference) desc,
            feature asc
    ) as trait_rank
from traits
-- Ad platforms refuse income, age and gender in the name of an audience: the catalogue
-- has no words for them.
where noun is not null
