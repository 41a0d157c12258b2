with feature_profiles as (
    select * from {{ ref('feature_profiles') }}
),

segments as (
    select * from {{ ref('segments') }}
)

select
    segments.objective,
    segments.segment_key,
    segments.segment_number,
    segments.segment_name,
    feature_profiles.feature,
    feature_profiles.label,
    feature_profiles.unit,
    feature_profiles.block,
    feature_profiles.role,
    feature_profiles.is_held_out,
    feature_profiles.user_count,
    feature_profiles.mean,
    feature_profiles.mean_low,
    feature_profiles.mean_high,
    feature_profiles.lower_quartile,
    feature_profiles.median,
    feature_profiles.upper_quartile,
    feature_profiles.population_mean,
    feature_profiles.index,
    feature_profiles.standardised_difference,
    feature_profiles.p_value,
    feature_profiles.q_value,
    feature_profiles.is_distinctive
from feature_profiles
inner join segments
    on
        feature_profiles.objective = segments.objective
        and feature_profiles.segment_number = segments.segment_number
