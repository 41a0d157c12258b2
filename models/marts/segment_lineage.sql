select
    objective,
    model_version,
    previous_version,
    event,
    objective || '-' || last_segment_number as last_segment_key,
    objective || '-' || segment_number as segment_key,
    user_count,
    share_of_last,
    share_of_new
from {{ ref('lineage_events') }}
