{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='event_id',
    on_schema_change='fail',
) }}

{%- set columns %}
    event_id,
    user_id,
    occurred_at,
    event_type,
    session_id,
    device,
    channel,
    value
{%- endset %}

with valid_events as (
    select {{ columns }}
    from {{ ref('stg_checked_events') }}
    where rejection_reasons is null
),

{%- if is_incremental() %}

stored_events as (
    select {{ columns }}
    from {{ this }}
),

new_events as (
    select *
    from valid_events
    where occurred_at >= {{ late_arrival_cutoff('occurred_at') }}
    except
    select *
    from stored_events
    where occurred_at >= {{ late_arrival_cutoff('occurred_at') }}
),

-- With what is stored of the same event: one of them is kept.
deliveries as (
    select * from new_events
    union all
    select stored_events.*
    from stored_events
    semi join new_events on stored_events.event_id = new_events.event_id
),

{%- else %}

deliveries as (
    select * from valid_events
),

{%- endif %}

-- Few are repeated: a window over all rows would hold every one of them in memory.
repeated_ids as (
    select event_id
    from deliveries
    group by all
    having count(*) > 1
),

repeated_deliveries as (
    select deliveries.*
    from deliveries
    semi join repeated_ids on deliveries.event_id = repeated_ids.event_id
),

-- The earliest, whatever the order in which they came.
first_deliveries as (
    select *
    from repeated_deliveries
    qualify row_number() over (
        partition by event_id
        order by
            occurred_at, user_id, session_id, event_type, channel,
            device nulls last, value nulls last
    ) = 1
),

single_deliveries as (
    select deliveries.*
    from deliveries
    anti join repeated_ids on deliveries.event_id = repeated_ids.event_id
)

select {{ columns }} from first_deliveries
union all
select {{ columns }} from single_deliveries
