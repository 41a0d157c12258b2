with segment_statistics as (
    select * from {{ ref('segment_statistics') }}
),

segments as (
    select * from {{ ref('segments') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

feature_roles as (
    select * from {{ ref('feature_roles') }}
),

traits as (
    select
        segment_statistics.objective,
        segments.segment_key,
        segments.segment_number,
        segments.segment_name,
        segment_statistics.feature,
        feature_catalog.label,
        feature_catalog.unit,
        feature_catalog.block,
        feature_roles.role,
        feature_roles.is_held_out,
        segment_statistics.user_count,
        segment_statistics.mean,
        segment_statistics.lower_quartile,
        segment_statistics.median,
        segment_statistics.upper_quartile,
        segment_statistics.population_mean,
        case
            when feature_catalog.is_zero_none
                then
                    100 * segment_statistics.mean
                    / nullif(segment_statistics.population_mean, 0)
        end as index,
        segment_statistics.standardised_difference
    from segment_statistics
    inner join segments
        on
            segment_statistics.objective = segments.objective
            and segment_statistics.segment_number = segments.segment_number
    inner join feature_catalog
        on segment_statistics.feature = feature_catalog.feature
    inner join feature_roles
        on
            segment_statistics.objective = feature_roles.objective
            and segment_statistics.feature = feature_roles.feature
)

select
    *,
    user_count >= 30 and abs(standardised_difference) >= 0.2 as is_distinctive
from traits
