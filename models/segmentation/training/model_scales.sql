with feature_scales as (
    select * from {{ ref('feature_scales') }}
),

retrain_decisions as (
    select * from {{ ref('retrain_decisions') }}
),

registered_models as (
    {{ registered_models() | indent }}
),

-- A model sees users as it did when it was trained.
kept_scales as (
    select distinct
        registered_models.objective,
        registered_models.feature,
        registered_models.center,
        registered_models.scale,
        registered_models.clip
    from registered_models
    inner join retrain_decisions
        on
            registered_models.objective = retrain_decisions.objective
            and registered_models.model_version = retrain_decisions.scales_version
)

select
    feature_scales.objective,
    feature_scales.feature,
    feature_scales.source,
    feature_scales.block,
    feature_scales.transform,
    coalesce(kept_scales.center, feature_scales.center) as center,
    coalesce(kept_scales.scale, feature_scales.scale) as scale,
    coalesce(kept_scales.clip, feature_scales.clip) as clip
from feature_scales
left join kept_scales
    on
        feature_scales.objective = kept_scales.objective
        and feature_scales.feature = kept_scales.feature
