-- A user without a segment is reached by no campaign, and one with two by two.
with expected_segments as (
    select
        objectives.objective,
        user_features.user_id
    from {{ ref('objectives') }} as objectives
    cross join {{ ref('user_features') }} as user_features
)

select
    expected_segments.objective as expected_objective,
    expected_segments.user_id as expected_user_id,
    user_segments.objective,
    user_segments.user_id,
    count(*) as row_count
from expected_segments
full join {{ ref('user_segments') }} as user_segments
    on
        expected_segments.objective = user_segments.objective
        and expected_segments.user_id = user_segments.user_id
group by all
having
    expected_segments.user_id is null
    or user_segments.user_id is null
    or count(*) > 1
