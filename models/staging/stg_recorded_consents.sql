{{ config(
    materialized='incremental',
    full_refresh=false,
    pre_hook=[
        '{{ check_consents() }}',
        "{{ check_rejected_share('consents') }}",
    ],
) }}

with consents as (
    select * from {{ ref('stg_checked_consents') }}
),

user_identities as (
    select * from {{ ref('stg_user_identities') }}
),

read_decisions as (
    select
        user_id,
        is_profiling_allowed,
        case when time_doubt is not null then decided_at_text end as doubtful_time,
        -- A time that cannot be right: it was decided by now.
        case when time_doubt is null then decided_at else {{ built_at() }} end
            as decided_at,
        {{ is_sample_read() }} as is_sample
    from consents
    where rejection_reasons is null
),

recorded_consents as (
    select *
    from {{ this if is_incremental() else 'read_decisions where false' }}
),

decisions as (
    select * from read_decisions
    union
    select * from recorded_consents
    where is_sample = {{ is_sample_read() }}
),

-- Once an objection has met a user, it stays with the user, also where the alias goes.
objections_of_users as (
    select
        user_identities.user_id,
        decisions.is_profiling_allowed,
        decisions.doubtful_time,
        decisions.decided_at,
        decisions.is_sample
    from decisions
    inner join user_identities on decisions.user_id = user_identities.logged_user_id
    where not decisions.is_profiling_allowed
),

all_decisions as (
    select * from decisions
    union
    select * from objections_of_users
)

select
    all_decisions.user_id,
    all_decisions.is_profiling_allowed,
    all_decisions.doubtful_time,
    all_decisions.decided_at,
    all_decisions.is_sample
from all_decisions
-- An objection of unknown time is of the build that first read it.
anti join recorded_consents
    on
        all_decisions.user_id = recorded_consents.user_id
        and all_decisions.is_profiling_allowed = recorded_consents.is_profiling_allowed
        and all_decisions.is_sample = recorded_consents.is_sample
        and (
            all_decisions.doubtful_time = recorded_consents.doubtful_time
            or (
                all_decisions.doubtful_time is null
                and recorded_consents.doubtful_time is null
                and all_decisions.decided_at = recorded_consents.decided_at
            )
        )
