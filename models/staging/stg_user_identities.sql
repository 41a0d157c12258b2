{{ config(materialized='table', pre_hook='{{ check_user_aliases() }}') }}

with recursive users as (
    select * from {{ ref('stg_users') }}
),

user_aliases as (
    select * from {{ ref('stg_user_aliases') }}
),

-- An alias of an alias belongs to the same user.
resolved_aliases as (
    select
        alias,
        user_id
    from user_aliases
    union all
    select
        resolved_aliases.alias,
        user_aliases.user_id
    from resolved_aliases
    inner join user_aliases on resolved_aliases.user_id = user_aliases.alias
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
