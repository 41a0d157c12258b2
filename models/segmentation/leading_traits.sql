{%- set limits = distinctive_limits() -%}

with disclosed_statistics as (
    select * from {{ ref('disclosed_statistics') }}
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
        disclosed_statistics.objective,
        disclosed_statistics.segment_number,
        disclosed_statistics.feature,
        disclosed_statistics.certain_difference,
        -- What is known of few says little of the others.
        disclosed_statistics.user_count
        >= {{ limits.named_known_share }} * segment_sizes.user_count
        and abs(disclosed_statistics.certain_difference)
        >= {{ limits.named_difference }} as may_name,
        case
            when disclosed_statistics.certain_difference > 0 then 'high' else 'low'
        end as direction,
        case
            when disclosed_statistics.certain_difference > 0
                then feature_catalog.adjective_high
            else feature_catalog.adjective_low
        end as adjective,
        case
            when disclosed_statistics.certain_difference > 0
                then feature_catalog.noun_high
            else feature_catalog.noun_low
        end as noun
    from disclosed_statistics
    inner join feature_scales
        on
            disclosed_statistics.objective = feature_scales.objective
            and disclosed_statistics.feature = feature_scales.feature
    inner join feature_catalog
        on disclosed_statistics.feature = feature_catalog.feature
    inner join segment_sizes
        on
            disclosed_statistics.objective = segment_sizes.objective
            and disclosed_statistics.segment_number = segment_sizes.segment_number
    where
        abs(disclosed_statistics.certain_difference)
        >= {{ limits.kept_difference }}
        and disclosed_statistics.user_count
        >= {{ limits.kept_known_share }} * segment_sizes.user_count
)

select
    *,
    feature || ' ' || direction as trait,
    row_number() over (
        partition by objective, segment_number
        order by may_name desc, abs(certain_difference) desc, feature
    ) as trait_rank
from basis_differences
-- Ad platforms refuse income, age and gender in the name of an audience: the catalogue
-- has no words for them.
where noun is not null
