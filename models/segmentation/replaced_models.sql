{%- set last_versions = left_by_last_build('last_versions') -%}

with segment_models as (
    select * from {{ ref('segment_models') }}
),

current_versions as (
    select distinct
        objective,
        model_version
    from {{ ref('current_models') }}
),

last_versions as (
    {%- if last_versions %}
    select
        objective,
        model_version
    from {{ last_versions }}
    {%- else %}
    select
        objective,
        model_version
    from current_versions
    {%- endif %}
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
inner join current_versions
    on
        segment_models.objective = current_versions.objective
        and segment_models.model_version <> current_versions.model_version
