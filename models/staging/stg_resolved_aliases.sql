{{ config(materialized='table', pre_hook='{{ check_user_aliases() }}') }}

with recursive user_aliases as (
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
    alias,
    user_id
from resolved_aliases
where user_id not in (select user_aliases.alias from user_aliases)
