-- For the next build: what this one was made of. Built after all that reads what the
-- last build left.
-- depends_on: {{ ref('user_segment_history') }}, {{ ref('input_changes') }}

select
    measure,
    subject,
    answer,
    row_count,
    {{ is_sample_read() }} as is_sample
from {{ ref('input_counts') }}
