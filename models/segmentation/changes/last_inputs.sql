{{ config(materialized='kept_table') }}

-- For the next build: what this one was made of. Built after all that reads what the
-- last build left.
-- depends_on: {{ ref('user_segment_history') }}, {{ ref('input_changes') }},
-- {{ ref('lineage_events') }}

with inputs as (
    select
        measure,
        subject,
        answer,
        row_count
    from {{ ref('input_counts') }}
    union all
    select
        'as_of_date' as measure,
        'logs' as subject,
        cast(as_of_date as string) as answer,
        cast(null as bigint) as row_count
    from {{ ref('stg_observed_period') }}
    union all
    select
        'model_version' as measure,
        objective as subject,
        cast(model_version as string) as answer,
        cast(null as bigint) as row_count
    from ({{ used_versions() | indent }}) as used_versions
)

select
    *,
    {{ is_sample_read() }} as is_sample
from inputs
