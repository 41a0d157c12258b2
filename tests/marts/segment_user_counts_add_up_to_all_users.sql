-- Reports sum the sizes of segments: a segment lost on the way would lose its users.
select
    objective,
    sum(user_count) as user_count
from {{ ref('segments') }}
group by all
having sum(user_count) <> (select count(*) from {{ ref('user_features') }})
