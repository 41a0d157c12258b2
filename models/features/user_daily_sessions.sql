{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook=[
        "{{ check_rejected_share('events') }}",
        '{{ delete_unsettled_days() }}',
    ],
) }}

with events as (
    select
        *,
        {{ local_time('occurred_at') }} as local_time
    from {{ ref('stg_events') }}
),

recent_events as (
    select *
    from events
    {%- if is_incremental() %}
    where cast(local_time as date) > {{ last_settled_date() }}
    {%- endif %}
)

select
    user_id as logged_user_id,
    session_id,
    cast(local_time as date) as event_date,
    min(occurred_at) as first_event_at,
    max(occurred_at) as last_event_at,
    count(*) as event_count,
    count(*) filter (
        where extract(hour from local_time) >= 22 or extract(hour from local_time) < 6
    ) as night_event_count,
    count(*) filter (where channel = 'app') as app_event_count,
    count(*) filter (where channel = 'social') as social_event_count,
    {{ text_literal(var('time_zone')) }} as time_zone
from recent_events
group by all
