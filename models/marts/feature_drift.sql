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

feature_scales as (
    select * from {{ ref('feature_scales') }}
),

rejected_shares as (
    select * from {{ ref('rejected_shares') }}
),

used_versions as (
    select * from {{ ref('used_versions') }}
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

drift as (
    select
        feature_stability.*,
        feature_catalog.label,
        -- A log that was read once and is read no more has no roles: the features that
        -- formed segments still did.
        coalesce(
            feature_roles.role,
            case
                when feature_scales.feature is not null then 'basis'
                else 'descriptor'
            end
        ) as role,
        coalesce(feature_scales.clip > 0, false) as has_weight,
        rejected_shares.rejected_share,
        training_profiles.rejected_share as training_rejected_share,
        rejected_shares.rejected_share - training_profiles.rejected_share > 0.01
            as is_more_rejected,
        {{ drift_band('feature_stability.excess_index') }} as feature_band
    from feature_stability
    inner join training_profiles
        on
            feature_stability.objective = training_profiles.objective
            and feature_stability.feature = training_profiles.feature
    inner join feature_catalog on feature_stability.feature = feature_catalog.feature
    inner join rejected_shares on feature_stability.feature = rejected_shares.feature
    left join feature_roles
        on
            feature_stability.objective = feature_roles.objective
            and feature_stability.feature = feature_roles.feature
    left join feature_scales
        on
            feature_stability.objective = feature_scales.objective
            and feature_stability.feature = feature_scales.feature
    where feature_roles.role is not null or feature_stability.stability_index > 0
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
            when role <> 'basis'
                then
                    'It forms no segments, so that no model is trained for it; what '
                    || 'is said of them changes: look at its source.'
            when not has_weight
                then
                    'It tells no users apart now, so that no model is trained for it: '
                    || 'look at its source.'
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
