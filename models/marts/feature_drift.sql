{%- set max_drift = var('max_feature_drift') -%}
{%- set trains =
    'a build with retrain: auto trains a new model, unless the objective has a '
    ~ 'model_version'
-%}

with feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

feature_roles as (
    select * from {{ ref('feature_roles') }}
),

basis_features as (
    select * from {{ ref('basis_features') }}
),

rejected_shares as (
    select * from {{ ref('rejected_shares') }}
),

used_versions as (
    {{ used_versions() | indent }}
),

training_profiles as (
    select all_profiles.*
    from {{ ref('training_profiles') }} as all_profiles
    inner join used_versions
        on
            all_profiles.objective = used_versions.objective
            and all_profiles.model_version = used_versions.model_version
),

feature_stability as (
    {{ feature_stability('training_profiles') | indent }}
),

feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

drift as (
    select
        training_profiles.objective,
        training_profiles.model_version,
        training_profiles.feature,
        feature_stability.stability_index,
        feature_stability.expected_index,
        feature_stability.chance_limit,
        feature_stability.excess_index,
        feature_catalog.label,
        case
            when feature_statistics.user_count = 0 then 'lost'
            when training_profiles.user_count = 0 then 'new'
        end as change,
        -- A log that was read once and is read no more has no roles: the features that
        -- formed segments still did.
        coalesce(
            feature_roles.role,
            case
                when basis_features.feature is not null then 'basis'
                else 'descriptor'
            end
        ) as role,
        basis_features.feature is not null
        and coalesce(feature_statistics.transformed_standard_deviation > 0, false)
            as has_weight,
        rejected_shares.rejected_share,
        training_profiles.rejected_share as training_rejected_share,
        rejected_shares.rejected_share - training_profiles.rejected_share > 0.01
            as is_more_rejected,
        case
            when feature_statistics.user_count = 0 then 'watch'
            when training_profiles.user_count = 0 then 'drifted'
            else {{ drift_band('feature_stability.excess_index') }}
        end as feature_band
    from training_profiles
    inner join feature_catalog on training_profiles.feature = feature_catalog.feature
    inner join rejected_shares on training_profiles.feature = rejected_shares.feature
    inner join feature_statistics
        on training_profiles.feature = feature_statistics.feature
    left join feature_stability
        on
            training_profiles.objective = feature_stability.objective
            and training_profiles.feature = feature_stability.feature
    left join feature_roles
        on
            training_profiles.objective = feature_roles.objective
            and training_profiles.feature = feature_roles.feature
    left join basis_features
        on
            training_profiles.objective = basis_features.objective
            and training_profiles.feature = basis_features.feature
    where training_profiles.user_count > 0 or feature_statistics.user_count > 0
)

select
    objective,
    model_version,
    feature,
    label,
    role,
    stability_index,
    expected_index,
    chance_limit,
    excess_index,
    rejected_share,
    training_rejected_share,
    case
        when feature_band = 'stable' and is_more_rejected then 'watch'
        else feature_band
    end as band,
    concat_ws(
        ' ',
        case
            when feature_band = 'stable' and is_more_rejected then null
            when feature_band = 'stable' then 'Nothing to do.'
            when change = 'lost'
                then 'It is known of nobody now: look at its source.'
            when role <> 'basis' and change = 'new'
                then
                    'It was known of nobody when the model was first used, and '
                    || 'describes segments now.'
            when role <> 'basis'
                then
                    'It forms no segments, so that no model is trained for it; what '
                    || 'is said of them changes: look at its source.'
            when not has_weight
                then
                    'It tells no users apart now, so that no model is trained for it: '
                    || 'look at its source.'
            when change = 'new'
                then
                    'It was known of nobody when the model was first used, and is '
                    || 'now: {{ trains }}.'
            when feature_band = 'watch'
                then
                    'Look at its source. From an excess of {{ max_drift }} on, '
                    || '{{ trains }}.'
            else 'Look at its source. If it is right, {{ trains }}.'
        end,
        case
            when is_more_rejected
                then
                    'More rows are rejected: look at staging.stg_rejected_rows.'
        end
    ) as action
from drift
