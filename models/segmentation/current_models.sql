{{ config(materialized='view') }}

with segment_models as (
    select * from {{ ref('segment_models') }}
),

used_versions as (
    select
        objectives.objective,
        coalesce(objectives.pinned_version, max(segment_models.model_version))
            as model_version
    from {{ ref('objectives') }} as objectives
    -- An objective that is no longer configured keeps its models and scores nobody.
    inner join segment_models on objectives.objective = segment_models.objective
    group by objectives.objective, objectives.pinned_version
)

select
    segment_models.objective,
    segment_models.model_version,
    segment_models.segment_number,
    segment_models.feature,
    segment_models.transform,
    segment_models.centroid,
    segment_models.center,
    segment_models.scale,
    segment_models.clip
from segment_models
inner join used_versions
    on
        segment_models.objective = used_versions.objective
        and segment_models.model_version = used_versions.model_version
