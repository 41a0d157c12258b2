{{ config(materialized='kept_table') }}

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
union all
select
    'as_of_date' as measure,
    'logs' as subject,
    cast(as_of_date as string) as answer,
    cast(null as bigint) as row_count,
    {{ is_sample_read() }} as is_sample
from {{ ref('stg_observed_period') }}
