{{ config(materialized='table') }}

select
    first_day as first_event_date,
    last_day as last_event_date,
    longest_silence
from (
    {{ supported_days(
        ref('stg_events'), 'cast(' ~ local_time('occurred_at') ~ ' as date)'
    ) }}
) as supported_days
