with basis_features as (
    select * from {{ ref('basis_features') }}
),

feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

retrain_decisions as (
    select * from {{ ref('retrain_decisions') }}
),

registered_models as (
    {{ registered_models() | indent }}
),

-- What is known of nobody is the same for everybody.
spreads as (
    select
        basis_features.*,
        coalesce(feature_statistics.transformed_mean, 0) as center,
        coalesce(feature_statistics.transformed_standard_deviation, 0)
            as standard_deviation,
        case
            when basis_features.kind = 'flag' then sqrt(2)
            else coalesce(feature_statistics.transformed_standard_deviation, 0)
        end as unweighted_scale
    from basis_features
    inner join feature_statistics
        on basis_features.feature = feature_statistics.feature
),

block_factors as (
    select
        *,
        -- Stretches the block so that its total variance is its weight. The order makes
        -- the sum, and so the last bit of every scale, the same in every build.
        sqrt(
            weight
            / nullif(
                sum(pow(standard_deviation / nullif(unweighted_scale, 0), 2)) over (
                    partition by objective, block
                    order by feature
                    rows between unbounded preceding and unbounded following
                ),
                0
            )
        ) as block_factor
    from spreads
),

-- A feature that is the same for every user tells nobody apart: its clip is zero, so
-- that it weighs nothing now nor when a later user differs.
scales_now as (
    select
        *,
        case
            when standard_deviation = 0 then 1
            else unweighted_scale / nullif(block_factor, 0)
        end as scale,
        case when standard_deviation = 0 then 0 else 3 * block_factor end as clip
    from block_factors
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
    scales_now.objective,
    scales_now.feature,
    scales_now.source,
    scales_now.block,
    scales_now.transform,
    coalesce(kept_scales.center, scales_now.center) as center,
    coalesce(kept_scales.scale, scales_now.scale) as scale,
    coalesce(kept_scales.clip, scales_now.clip) as clip
from scales_now
left join kept_scales
    on
        scales_now.objective = kept_scales.objective
        and scales_now.feature = kept_scales.feature
