with user_features as (
    select * from {{ ref('user_features') }}
),

-- Ordered by a hash: a sample that neither the order of the rows nor the number of
-- threads changes. md5, because DuckDB promises its own hash() for one version only.
sampled_users as (
    select *
    from user_features
    order by md5(user_id), user_id
    limit {{ var('training_sample_size') }}
)

-- Every feature, whatever the catalogue has.
-- noqa: disable=AM04
select
    *,
    row_number() over (order by md5(user_id), user_id) as sample_rank
from sampled_users
