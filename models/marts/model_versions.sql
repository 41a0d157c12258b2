with model_registry as (
    select * from {{ ref('model_registry') }}
),

model_verdicts as (
    select * from {{ ref('model_verdicts') }}
),

versions as (
    select
        objective,
        model_version,
        is_current as is_in_use,
        trained_at,
        reason,
        user_count,
        inertia,
        definition_fingerprint,
        input_fingerprint,
        libraries,
        count(distinct segment_number) as segment_count
    from model_registry
    group by all
)

select
    versions.objective,
    versions.model_version,
    versions.is_in_use,
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
