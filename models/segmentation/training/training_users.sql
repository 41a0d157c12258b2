{% set sample_size = var('training_sample_size') | int %}

with user_features as (
    select * from {{ ref('user_features') }}
),

counted_users as (
    select count(*) as user_count from {{ ref('user_features') }}
),

-- Those with small hashes, twice as many as wanted and a thousand: that the smallest
-- hashes are not all among them has no chance, and sorting few users is cheap.
candidates as (
    select user_features.*
    from user_features
    cross join counted_users
    where
        {{ share_of_hashes('user_features.user_id') }}
        <= ({{ 2 * sample_size + 1000 }}) / counted_users.user_count
),

-- Ordered by a hash: a sample that neither the order of the rows nor the number of
-- threads changes. md5, because DuckDB promises its own hash() for one version only.
sampled_users as (
    select *
    from candidates
    order by md5(user_id), user_id
    limit {{ sample_size }}
)

-- Every feature, whatever the catalogue has.
-- noqa: disable=AM04
select
    *,
    row_number() over (order by md5(user_id), user_id) as sample_rank
from sampled_users
