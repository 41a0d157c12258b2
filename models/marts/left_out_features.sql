with candidate_features as (
    select * from {{ ref('candidate_features') }}
),

basis_features as (
    select * from {{ ref('basis_features') }}
),

feature_scales as (
    select * from {{ ref('feature_scales') }}
),

-- Without those of a log that was not read.
feature_roles as (
    select * from {{ ref('feature_roles') }}
),

feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

left_out_features as (
    select
        candidate_features.objective,
        candidate_features.feature,
        feature_catalog.label,
        feature_statistics.user_count,
        feature_statistics.user_count
        / (feature_statistics.user_count + feature_statistics.unknown_count)
            as known_share,
        case
            when feature_statistics.user_count = 0 then 'unknown'
            when basis_features.feature is null then 'mostly_unknown'
            when feature_statistics.transformed_standard_deviation = 0 then 'constant'
            when feature_scales.clip = 0 then 'constant_in_training'
        end as reason
    from candidate_features
    inner join feature_roles
        on
            candidate_features.objective = feature_roles.objective
            and candidate_features.feature = feature_roles.feature
    inner join feature_catalog
        on candidate_features.feature = feature_catalog.feature
    inner join feature_statistics
        on candidate_features.feature = feature_statistics.feature
    left join basis_features
        on
            candidate_features.objective = basis_features.objective
            and candidate_features.feature = basis_features.feature
    left join feature_scales
        on
            candidate_features.objective = feature_scales.objective
            and candidate_features.feature = feature_scales.feature
)

select
    objective,
    feature,
    label,
    reason,
    case when not {{ is_hidden('user_count') }} then known_share end as known_share,
    label || case reason
        when 'unknown' then ' is known of nobody.'
        when 'mostly_unknown'
            then
                ' is known of '
                || case
                    when {{ is_hidden('user_count') }} then 'few'
                    else cast(floor(100 * known_share + 1e-9) as integer) || '%'
                end
                || ' of the users. It forms segments where half know it, or where its '
                || 'declaration says feature: {may_be_mostly_unknown: true}.'
        when 'constant' then ' is the same for all users.'
        else ' was the same for all users when the model was trained.'
    end as finding
from left_out_features
where reason is not null
