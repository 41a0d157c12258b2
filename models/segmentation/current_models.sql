{{ config(materialized='view') }}

with segment_models as (
    select * from {{ ref('segment_models') }}
),

newest_versions as (
    select
        objective,
        max(model_version) as model_version
    from segment_models
    group by all
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
inner join newest_versions
    on
        segment_models.objective = newest_versions.objective
        and segment_models.model_version = newest_versions.model_version
-- An objective that is no longer configured keeps its models and scores nobody.
where
    segment_models.objective in (
        select objectives.objective from {{ ref('objectives') }} as objectives
    )
