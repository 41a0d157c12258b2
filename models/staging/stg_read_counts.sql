{{ config(materialized='table') }}

select
    'user_profiles' as source,
    count(*) as read_count
from {{ ref('stg_user_profiles') }}
union all
select
    'events' as source,
    count(*) as read_count
from {{ source('raw', 'events') }}
union all
select
    'transactions' as source,
    count(*) as read_count
from {{ ref('stg_checked_transactions') }}
union all
select
    'user_aliases' as source,
    count(*) as read_count
from {{ source('raw', 'user_aliases') }}
union all
select
    'consents' as source,
    count(*) as read_count
from {{ ref('stg_checked_consents') }}
