with user_segment_history as (
    select * from {{ ref('user_segment_history') }}
)

select
    objective,
    user_id,
    segment_key,
    segment_name,
    model_version,
    cause,
    dbt_valid_from as valid_from,
    dbt_valid_to as valid_to,
    dbt_valid_to is null as is_current
from user_segment_history
-- The users of the shipped sample are other people than anybody else's.
where is_sample = {{ is_sample_read() }}
