{{ config(pre_hook=[
    '{{ check_consents() }}',
    "{{ check_rejected_share('consents', ref('stg_checked_consents')) }}",
]) }}

with consents as (
    select * from {{ ref('stg_checked_consents') }}
),

user_identities as (
    select * from {{ ref('stg_user_identities') }}
),

decisions as (
    select
        user_identities.user_id,
        consents.is_profiling_allowed,
        case when consents.time_doubt is null then consents.decided_at end as decided_at
    from consents
    inner join user_identities
        on consents.user_id = user_identities.logged_user_id
    where consents.rejection_reasons is null
)

select
    user_id,
    is_profiling_allowed,
    decided_at
from decisions
-- An objection of an unknown time may be the last word. Of two at the same time the one
-- that protects the user.
qualify row_number() over (
    partition by user_id order by decided_at desc nulls first, is_profiling_allowed asc
) = 1
