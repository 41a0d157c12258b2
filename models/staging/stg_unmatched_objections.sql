{{ config(materialized='table') }}

with consents as (
    select * from {{ ref('stg_checked_consents') }}
),

recorded_consents as (
    select * from {{ ref('stg_recorded_consents') }}
    where is_sample = {{ is_sample_read() }}
),

user_aliases as (
    select * from {{ ref('stg_user_aliases') }}
),

user_identities as (
    select * from {{ ref('stg_user_identities') }}
),

last_decisions as (
    select *
    from recorded_consents
    qualify {{ is_last_decision() }}
),

unmatched as (
    select
        last_decisions.user_id,
        last_decisions.decided_at,
        -- An alias says whose it is, be it of nobody here.
        case
            when user_aliases.alias is null
                then {{ folded_identifier('last_decisions.user_id') }}
        end as folded_id
    from last_decisions
    anti join user_identities
        on last_decisions.user_id = user_identities.logged_user_id
    left join user_aliases on last_decisions.user_id = user_aliases.alias
    where not last_decisions.is_profiling_allowed
),

rows_read as (
    select
        user_id,
        min(row_number) as row_number
    from consents
    where not is_profiling_allowed
    group by all
),

-- Of nobody where all objections are of somebody: to fold millions takes its time.
folded_identities as (
    select
        logged_user_id,
        {{ folded_identifier('logged_user_id') }} as folded_id
    from user_identities
    where (select count(*) from unmatched) > 0
),

-- Who has decided as well since is not meant any more.
similar_identities as (
    select
        unmatched.user_id,
        min(folded_identities.logged_user_id) as similar_id
    from unmatched
    inner join folded_identities on unmatched.folded_id = folded_identities.folded_id
    left join last_decisions
        on
            folded_identities.logged_user_id = last_decisions.user_id
            and unmatched.decided_at <= last_decisions.decided_at
    where last_decisions.user_id is null
    group by all
)

select
    rows_read.row_number,
    unmatched.user_id,
    similar_identities.similar_id,
    case
        when similar_identities.similar_id is not null
            then {{ identifier_difference(
                'unmatched.user_id', 'similar_identities.similar_id'
            ) | indent(8) }}
    end as difference
from unmatched
left join rows_read on unmatched.user_id = rows_read.user_id
left join similar_identities on unmatched.user_id = similar_identities.user_id
