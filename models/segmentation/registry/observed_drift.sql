{#- Whether to train is decided from it, before anything is trained: the profiles are
    those of the build before. -#}
with feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

basis_features as (
    select * from {{ ref('basis_features') }}
),

feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

known_profiles as (
    {{ rows_of_last_build('training_profiles') | indent }}
),

newest_versions as (
    select
        objective,
        max(model_version) as model_version
    from known_profiles
    group by all
),

newest_profiles as (
    select known_profiles.*
    from known_profiles
    inner join newest_versions
        on
            known_profiles.objective = newest_versions.objective
            and known_profiles.model_version = newest_versions.model_version
),

feature_stability as (
    {{ feature_stability('newest_profiles') | indent }}
)

select
    newest_profiles.objective,
    newest_profiles.model_version,
    newest_profiles.feature,
    feature_catalog.label,
    basis_features.feature is not null
    and coalesce(feature_statistics.transformed_standard_deviation > 0, false)
        as is_basis,
    newest_profiles.user_count = 0 and feature_statistics.user_count > 0
        as is_newly_known,
    feature_stability.stability_index,
    feature_stability.expected_index,
    feature_stability.chance_limit,
    feature_stability.excess_index
from newest_profiles
inner join feature_catalog on newest_profiles.feature = feature_catalog.feature
inner join feature_statistics on newest_profiles.feature = feature_statistics.feature
left join feature_stability
    on
        newest_profiles.objective = feature_stability.objective
        and newest_profiles.feature = feature_stability.feature
left join basis_features
    on
        newest_profiles.objective = basis_features.objective
        and newest_profiles.feature = basis_features.feature
