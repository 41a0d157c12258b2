with users as (
    select * from {{ ref('stg_users') }}
),

-- However many users there are, they choose among the same interests: as many lists as
-- these allow, and no bridge of several rows for each user.
lists as (
    select distinct top_interests
    from users
)

select
    top_interests,
    {{ each_of("split(top_interests, ', ')") }} as interest
from lists
