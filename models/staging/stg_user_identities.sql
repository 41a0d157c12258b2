{{ config(materialized='table') }}

with users as (
    select * from {{ ref('stg_users') }}
),

resolved_aliases as (
    select * from {{ ref('stg_resolved_aliases') }}
)

select
    user_id as logged_user_id,
    user_id
from users
union all
select
    resolved_aliases.alias as logged_user_id,
    users.user_id
from resolved_aliases
inner join users on resolved_aliases.user_id = users.user_id
