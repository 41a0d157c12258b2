with user_profiles as (
    select * from {{ ref('stg_user_profiles') }}
),

events as (
    select * from {{ ref('stg_rejected_events') }}
),

transactions as (
    select * from {{ ref('stg_checked_transactions') }}
),

consents as (
    select * from {{ ref('stg_checked_consents') }}
)

select
    'user_profiles' as source,
    row_number,
    rejection_reasons as reasons,
    raw_row
from user_profiles
where rejection_reasons is not null
union all
select
    'events' as source,
    row_number,
    reasons,
    raw_row
from events
union all
select
    'transactions' as source,
    row_number,
    rejection_reasons as reasons,
    raw_row
from transactions
where rejection_reasons is not null
union all
select
    'consents' as source,
    row_number,
    rejection_reasons as reasons,
    raw_row
from consents
where rejection_reasons is not null
