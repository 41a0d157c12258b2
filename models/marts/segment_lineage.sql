select
    objective,
    model_version,
    previous_version,
    event,
    objective || '-' || last_segment_number as last_segment_key,
    objective || '-' || segment_number as segment_key,
    {%- for column in ['user_count', 'share_of_last', 'share_of_new'] %}
    case when not {{ is_hidden('user_count') }} then {{ column }} end as {{ column }}
    {{- ',' if not loop.last }}
    {%- endfor %}
from {{ ref('lineage_events') }}
