with user_aliases as (
    select * from {{ source('raw', 'user_aliases') }}
)

select distinct
    {{ clean_text('alias') }} as alias,
    {{ clean_text('user_id') }} as user_id
from user_aliases
