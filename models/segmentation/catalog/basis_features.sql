{{ config(post_hook="{{ check_basis() }}") }}
{%- set limits = distinctive_limits() -%}

with candidate_features as (
    select * from {{ ref('candidate_features') }}
),

feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

registered_models as (
    {{ registered_models() | indent }}
),

-- A model is not trained anew because a feature comes to be known of a few users less.
modelled_features as (
    select distinct
        objective,
        feature
    from (
        select *
        from registered_models
        qualify
            model_version = max(model_version) over (partition by objective)
    ) as newest_models
    where clip > 0
),

-- What is known of nobody is the same for everybody, and weighs nothing anyway.
mostly_unknown_features as (
    select
        candidate_features.objective,
        candidate_features.feature
    from candidate_features
    inner join feature_statistics
        on candidate_features.feature = feature_statistics.feature
    left join modelled_features
        on
            candidate_features.objective = modelled_features.objective
            and candidate_features.feature = modelled_features.feature
    where
        not candidate_features.may_be_mostly_unknown
        and feature_statistics.user_count > 0
        and feature_statistics.user_count < case
            when modelled_features.feature is null then {{ limits.named_known_share }}
            else {{ limits.kept_known_share }}
        end * (feature_statistics.user_count + feature_statistics.unknown_count)
)

select
    candidate_features.objective,
    candidate_features.feature,
    candidate_features.source,
    candidate_features.kind,
    candidate_features.transform,
    candidate_features.block,
    candidate_features.weight
from candidate_features
anti join mostly_unknown_features
    on
        candidate_features.objective = mostly_unknown_features.objective
        and candidate_features.feature = mostly_unknown_features.feature
