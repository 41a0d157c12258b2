{{ config(materialized='view') }}

with history as (
    {{ rows_of_last_build('user_segment_history', schema='snapshots') | indent }}
)

select
    objective,
    user_id,
    segment_number
from history
where
    dbt_valid_to is null
    -- The users of the shipped sample are other people than anybody else's.
    and is_sample = {{ is_sample_read() }}
