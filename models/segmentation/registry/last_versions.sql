{{ config(materialized='kept_table') }}

-- For the next build: by which models users are placed now. Built after all that reads
-- what the last build left.
-- depends_on: {{ ref('user_segment_history') }}, {{ ref('lineage_events') }}

select
    objective,
    model_version
from {{ ref('used_versions') }}
