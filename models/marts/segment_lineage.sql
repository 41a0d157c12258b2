select
    objective,
    model_version,
    previous_version,
    event,
    objective || '-' || last_segment_number as last_segment_key,
    objective || '-' || segment_number as segment_key,
    case when not {{ is_hidden('user_count') }} then user_count end as user_count,
    case when not {{ is_hidden('user_count') }} then share_of_last end as share_of_last,
    case when not {{ is_hidden('user_count') }} then share_of_new end as share_of_new
from {{ ref('lineage_events') }}
