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

basis_differences as (
    select
        segment_statistics.objective,
        segment_statistics.segment_number,
        segment_statistics.feature,
        segment_statistics.standardised_difference,
        -- What is known of few says little of the others.
        segment_statistics.user_count
        >= {{ limits.named_known_share }} * segment_sizes.user_count
        and abs(segment_statistics.standardised_difference)
        >= {{ limits.named_difference }} as may_name,
        case
            when segment_statistics.standardised_difference > 0 then 'high' else 'low'
        end as direction,
        case
            when segment_statistics.standardised_difference > 0
                then feature_catalog.adjective_high
            else feature_catalog.adjective_low
        end as adjective,
        case
            when segment_statistics.standardised_difference > 0
                then feature_catalog.noun_high
            else feature_catalog.noun_low
        end as noun
    from segment_statistics
    inner join feature_scales
        on
            segment_statistics.objective = feature_scales.objective
            and segment_statistics.feature = feature_scales.feature
    inner join feature_catalog
        on segment_statistics.feature = feature_catalog.feature
    inner join segment_sizes
        on
            segment_statistics.objective = segment_sizes.objective
            and segment_statistics.segment_number = segment_sizes.segment_number
    where
        abs(segment_statistics.standardised_difference)
        >= {{ limits.kept_difference }}
        and segment_statistics.user_count
        >= {{ limits.kept_known_share }} * segment_sizes.user_count
        and not segment_statistics.is_suppressed
)

select
    *,
    feature || ' ' || direction as trait,
    row_number() over (
        partition by objective, segment_number
        order by may_name desc, abs(standardised_difference) desc, feature
    ) as trait_rank
from basis_differences
-- Ad platforms refuse income, age and gender in the name of an audience: the catalogue
-- has no words for them.
where noun is not null
