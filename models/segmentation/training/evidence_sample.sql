-- Every feature, whatever the catalogue has.
-- noqa: disable=AM04
select *
from {{ ref('training_users') }}
where sample_rank <= 5000
