{{ config(pre_hook='{{ check_objections() }}') }}

-- What the hook reads.
-- depends_on: {{ ref('stg_unmatched_objections') }}
with recorded_consents as (
    select * from {{ ref('stg_recorded_consents') }}
    where is_sample = {{ is_sample_read() }}
),

user_identities as (
    select * from {{ ref('stg_user_identities') }}
),

decisions as (
    select
        user_identities.user_id,
        recorded_consents.is_profiling_allowed,
        recorded_consents.decided_at
    from recorded_consents
    inner join user_identities
        on recorded_consents.user_id = user_identities.logged_user_id
)

select
    user_id,
    is_profiling_allowed,
    decided_at
from decisions
qualify {{ is_last_decision() }}
