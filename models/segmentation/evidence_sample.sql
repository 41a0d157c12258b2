with user_features as (
    select * from {{ ref('user_features') }}
),

-- The order of the training sample, whose ranks are the same for every objective.
sampled_users as (
    select distinct
        user_id,
        sample_rank
    from {{ ref('training_matrix') }}
    where sample_rank <= 5000
)

-- Every feature, whatever the catalogue has.
-- noqa: disable=AM04
select
    user_features.*,
    sampled_users.sample_rank
from user_features
inner join sampled_users on user_features.user_id = sampled_users.user_id
