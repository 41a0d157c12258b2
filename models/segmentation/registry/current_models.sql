{{ config(materialized='view') }}

with segment_models as (
    select * from {{ ref('segment_models') }}
),

used_versions as (
    select * from {{ ref('used_versions') }}
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
