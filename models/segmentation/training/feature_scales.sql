with objectives as (
    select * from {{ ref('objectives') }}
),

objective_blocks as (
    select * from {{ ref('objective_blocks') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

feature_sources as (
    select * from {{ ref('feature_sources') }}
),

feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

-- A feature that shares a raw column with the outcome knows too much of it.
outcome_relatives as (
    select
        objectives.objective,
        relatives.feature
    from objectives
    inner join feature_sources as outcomes on objectives.outcome = outcomes.feature
    inner join feature_sources as relatives on outcomes.source = relatives.source
),

basis_features as (
    select
        objective_blocks.objective,
        objective_blocks.block,
        objective_blocks.weight,
        feature_catalog.feature,
        feature_catalog.source,
        feature_catalog.transform,
        -- What is known of nobody is the same for everybody.
        coalesce(feature_statistics.transformed_mean, 0) as center,
        coalesce(feature_statistics.transformed_standard_deviation, 0)
            as standard_deviation,
        case
            when feature_catalog.kind = 'flag' then sqrt(2)
            else coalesce(feature_statistics.transformed_standard_deviation, 0)
        end as unweighted_scale
    from objective_blocks
    inner join feature_catalog on objective_blocks.block = feature_catalog.block
    inner join feature_statistics
        on feature_catalog.feature = feature_statistics.feature
    anti join outcome_relatives
        on
            objective_blocks.objective = outcome_relatives.objective
            and feature_catalog.feature = outcome_relatives.feature
    where feature_catalog.role = 'basis'
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
    from basis_features
)

-- A feature that is the same for every user tells nobody apart: its clip is zero, so
-- that it weighs nothing now nor when a later user differs.
select
    objective,
    feature,
    source,
    block,
    transform,
    center,
    case
        when standard_deviation = 0 then 1
        else unweighted_scale / nullif(block_factor, 0)
    end as scale,
    case when standard_deviation = 0 then 0 else 3 * block_factor end as clip
from block_factors
