with segment_models as (
    select * from {{ ref('segment_models') }}
),

model_verdicts as (
    select * from {{ ref('model_verdicts') }}
),

used_versions as (
    select * from {{ ref('used_versions') }}
),

versions as (
    select
        objective,
        model_version,
        trained_at,
        reason,
        user_count,
        inertia,
        definition_fingerprint,
        input_fingerprint,
        libraries,
        count(distinct segment_number) as segment_count
    from segment_models
    group by all
)

select
    versions.objective,
    versions.model_version,
    used_versions.objective is not null as is_in_use,
    versions.trained_at,
    versions.reason,
    versions.segment_count,
    model_verdicts.verdict,
    versions.user_count,
    versions.inertia,
    versions.definition_fingerprint,
    versions.input_fingerprint,
    versions.libraries
from versions
left join model_verdicts
    on
        versions.objective = model_verdicts.objective
        and versions.model_version = model_verdicts.model_version
left join used_versions
    on
        versions.objective = used_versions.objective
        and versions.model_version = used_versions.model_version
