with objectives as (
    select * from {{ ref('objectives') }}
),

objective_blocks as (
    select * from {{ ref('objective_blocks') }}
),

feature_scales as (
    select * from {{ ref('feature_scales') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

-- How each feature is seen, but for its centre and scale: these follow the users.
definitions as (
    select
        feature_scales.objective,
        {{ ordered_text(
            "concat_ws(
                ' ',
                feature_scales.feature,
                feature_catalog.kind,
                feature_scales.transform,
                feature_scales.block,
                objective_blocks.weight
            )",
            ', ', 'feature_scales.feature'
        ) }} as features
    from feature_scales
    inner join feature_catalog on feature_scales.feature = feature_catalog.feature
    inner join objective_blocks
        on
            feature_scales.objective = objective_blocks.objective
            and feature_scales.block = objective_blocks.block
    group by all
)

select
    objectives.objective,
    md5(
        concat_ws(
            '; ',
            objectives.technique,
            objectives.segment_count,
            case
                when objectives.segment_count = 'auto'
                    then objectives.fallback_segment_count
            end,
            definitions.features
        )
    ) as definition_fingerprint
from objectives
inner join definitions on objectives.objective = definitions.objective
