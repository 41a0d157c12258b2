with users as (
    select * from {{ ref('stg_users') }}
)

select
    user_id,
    unnest(string_split(top_interests, ', ')) as interest
from users
