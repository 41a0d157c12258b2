{%- set limits = distinctive_limits() -%}

with known_differences as (
    select * from {{ ref('disclosed_statistics') }}
    where is_known_to_keep
),

feature_scales as (
    select * from {{ ref('feature_scales') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

segment_validity as (
    select * from {{ ref('segment_validity') }}
),

basis_differences as (
    select
        known_differences.objective,
        known_differences.segment_number,
        known_differences.feature,
        known_differences.certain_difference,
        -- Null where too little is known of the neighbour: that sets nobody apart.
        known_differences.certain_difference
        - nearest_differences.certain_difference as difference_from_nearest,
        known_differences.is_known_to_name
        and abs(known_differences.certain_difference)
        >= {{ limits.named_difference }} as may_name,
        case
            when known_differences.certain_difference > 0 then 'high' else 'low'
        end as direction,
        case
            when known_differences.certain_difference > 0
                then feature_catalog.adjective_high
            else feature_catalog.adjective_low
        end as adjective,
        case
            when known_differences.certain_difference > 0
                then feature_catalog.noun_high
            else feature_catalog.noun_low
        end as noun
    from known_differences
    inner join feature_scales
        on
            known_differences.objective = feature_scales.objective
            and known_differences.feature = feature_scales.feature
    inner join feature_catalog
        on known_differences.feature = feature_catalog.feature
    left join segment_validity
        on
            known_differences.objective = segment_validity.objective
            and known_differences.segment_number = segment_validity.segment_number
    left join known_differences as nearest_differences
        on
            segment_validity.objective = nearest_differences.objective
            and segment_validity.nearest_segment_number
            = nearest_differences.segment_number
            and known_differences.feature = nearest_differences.feature
            and nearest_differences.is_known_to_name
            and not nearest_differences.is_suppressed
    where
        abs(known_differences.certain_difference)
        >= {{ limits.kept_difference }}
),

traits as (
    select
        *,
        feature || ' ' || direction as trait,
        may_name
        and coalesce(
            case when direction = 'high' then 1 else -1 end * difference_from_nearest
            >= {{ limits.named_difference }},
            false
        ) as sets_apart
    from basis_differences
    -- Ad platforms refuse income, age and gender in the name of an audience: the
    -- catalogue has no words for them.
    where noun is not null
)

select
    *,
    row_number() over (
        partition by objective, segment_number
        order by
            may_name desc,
            sets_apart desc,
            abs(certain_difference) desc,
            feature asc
    ) as trait_rank
from traits
