with objectives as (
    select * from {{ ref('objectives') }}
),

segment_models as (
    select * from {{ ref('segment_models') }}
),

last_inputs as (
    {{ rows_of_last_build('last_inputs') | indent }}
),

last_versions as (
    select
        subject as objective,
        cast(answer as integer) as model_version
    from last_inputs
    where measure = 'model_version'
),

-- An objective that is no longer configured keeps its models and scores nobody.
current_versions as (
    select
        objectives.objective,
        coalesce(objectives.pinned_version, max(segment_models.model_version))
            as model_version
    from objectives
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
    segment_models.clip,
    segment_models.trained_at,
    segment_models.reason,
    segment_models.definition_fingerprint,
    segment_models.is_sample,
    segment_models.input_fingerprint,
    segment_models.user_count,
    segment_models.inertia,
    segment_models.libraries,
    coalesce(segment_models.model_version = current_versions.model_version, false)
        as is_current,
    coalesce(
        segment_models.model_version = last_versions.model_version
        and segment_models.model_version <> current_versions.model_version,
        false
    ) as is_replaced
from segment_models
left join current_versions
    on segment_models.objective = current_versions.objective
left join last_versions on segment_models.objective = last_versions.objective
