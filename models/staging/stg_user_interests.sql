with users as (
    select * from {{ ref('stg_users') }}
)

select
    user_id,
    {{ each_of("split(top_interests, ', ')") }} as interest
from users
