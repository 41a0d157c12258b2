{{ config(post_hook="{{ check_retraining() }}") }}
{%- set max_days = var('max_model_age_days') -%}

with objectives as (
    select * from {{ ref('objectives') }}
),

model_definitions as (
    select * from {{ ref('model_definitions') }}
),

registered_models as (
    {{ registered_models() | indent }}
),

models as (
    select
        objective,
        model_version,
        trained_at,
        definition_fingerprint,
        is_sample,
        count(distinct segment_number) as segment_count
    from registered_models
    group by all
),

newest_models as (
    select *
    from models
    qualify row_number() over (partition by objective order by model_version desc) = 1
),

verdicts as (
    {{ rows_of_last_build('model_verdicts') | indent }}
),

-- Features of no weight cannot move anybody.
drifted_features as (
    select
        observed_drift.objective,
        max_by(
            case
                when observed_drift.is_newly_known
                    then observed_drift.label || ' was known of nobody, and is now'
                else
                    observed_drift.label || ' drifted (stability index '
                    || {{ rounded('observed_drift.excess_index', 2) }}
                    || ' above chance)'
            end,
            (
                cast(observed_drift.is_newly_known as integer),
                coalesce(observed_drift.excess_index, 0),
                observed_drift.feature
            )
        ) as reason
    from {{ ref('observed_drift') }} as observed_drift
    where
        observed_drift.is_basis
        and (
            observed_drift.is_newly_known
            or observed_drift.excess_index >= {{ var('max_feature_drift') }}
        )
    group by all
),

facts as (
    select
        objectives.objective,
        objectives.pinned_version,
        newest_models.model_version as newest_version,
        coalesce(pinned_models.segment_count, newest_models.segment_count)
            as previous_segment_count,
        newest_models.definition_fingerprint as newest_definition,
        newest_models.is_sample as is_newest_of_sample,
        model_definitions.definition_fingerprint,
        {{ built_at() }} as decided_at,
        {{ is_sample_read() }} as is_sample,
        {{ days_between('newest_models.trained_at', built_at()) }} as age_days,
        verdicts.verdict,
        drifted_features.reason as drift_reason
    from objectives
    inner join model_definitions
        on objectives.objective = model_definitions.objective
    left join newest_models on objectives.objective = newest_models.objective
    left join models as pinned_models
        on
            objectives.objective = pinned_models.objective
            and objectives.pinned_version = pinned_models.model_version
    left join verdicts
        on
            newest_models.objective = verdicts.objective
            and newest_models.model_version = verdicts.model_version
    left join drifted_features on objectives.objective = drifted_features.objective
),

triggers as (
    select
        *,
        case
            when pinned_version is not null then null
            when newest_version is null then 'first'
            when is_sample <> is_newest_of_sample then 'users'
            when coalesce(definition_fingerprint <> newest_definition, true)
                then 'definition'
            when '{{ var("retrain") }}' = 'always' then 'always'
            when '{{ var("retrain") }}' = 'never' then null
            when drift_reason is not null then 'drift'
            -- Slices of what has no structure would be others, and no better.
            when age_days > {{ max_days }} and coalesce(verdict, '') <> 'none'
                then 'age'
        end as retrain_trigger
    from facts
)

select
    objective,
    retrain_trigger,
    case retrain_trigger
        when 'first' then 'It is the first.'
        when 'users' then 'The shipped sample came or went: its users are other people.'
        when 'definition'
            then
                'What the objective asks for changed: its features, their weights, '
                || 'the technique or the number of segments.'
        when 'always' then 'The variable retrain is always.'
        when 'drift' then drift_reason || '.'
        when 'age'
            then
                'The one before was ' || age_days || ' days old (max_model_age_days is '
                || {{ max_days }} || ').'
    end as reason,
    retrain_trigger is null as is_kept,
    newest_version,
    case
        when retrain_trigger is null then coalesce(pinned_version, newest_version)
    end as used_version,
    -- A model that may stay as it was is challenged on its own ground.
    case
        when coalesce(retrain_trigger, 'age') = 'age'
            then coalesce(pinned_version, newest_version)
    end as scales_version,
    case when coalesce(retrain_trigger, 'age') = 'age' then previous_segment_count end
        as previous_segment_count,
    definition_fingerprint,
    is_sample,
    '{{ escape_single_quotes(users_files()) }}' as input,
    decided_at
from triggers
