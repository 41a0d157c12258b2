with segment_models as (
    select * from {{ ref('segment_models') }}
),

used_versions as (
    select * from {{ ref('used_versions') }}
),

last_versions as (
    {{ rows_of_last_build('last_versions', {
        'objective': 'string',
        'model_version': 'integer',
    }) | indent }}
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
inner join last_versions
    on
        segment_models.objective = last_versions.objective
        and segment_models.model_version = last_versions.model_version
inner join used_versions
    on
        segment_models.objective = used_versions.objective
        and segment_models.model_version <> used_versions.model_version
