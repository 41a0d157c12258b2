-- A build that is refused for its rejected rows leaves this table as it was, too.
-- depends_on: {{ ref('user_features') }}
with rejection_reasons as (
    select * from {{ ref('stg_rejection_reasons') }}
)

select
    source,
    reason,
    sentence,
    row_count
from rejection_reasons
where row_count > 0
