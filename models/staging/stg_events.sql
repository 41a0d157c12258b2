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

late_arrival as (
    {{ late_arrival_cutoff('stored_events') }}
),

new_events as (
    select *
    from valid_events
    where occurred_at >= (select late_arrival.cutoff_at from late_arrival)
    except
    select *
    from stored_events
    where occurred_at >= (select late_arrival.cutoff_at from late_arrival)
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

-- Few events are delivered again. To look for them among hashes takes a fifth of the
-- memory that a window over all rows does; events that share one do no harm.
repeated_hashes as (
    select {{ hash_of(['event_id']) }} as event_hash
    from {{ ref('stg_checked_events') }}
    group by all
    having count(*) > 1
),

deliveries as (
    select {{ columns }}
    from {{ ref('stg_checked_events') }}
    where
        rejection_reasons is null
        and {{ hash_of(['event_id']) }} in (select repeated_hashes.event_hash from repeated_hashes)
),

single_deliveries as (
    select {{ columns }}
    from valid_events
    where {{ hash_of(['event_id']) }} not in (select repeated_hashes.event_hash from repeated_hashes)
),

{%- endif %}

-- The earliest, whatever the order in which they came.
first_deliveries as (
    select *
    from deliveries
    qualify row_number() over (
        partition by event_id
        order by
            occurred_at, user_id, session_id nulls last, event_type, channel,
            device nulls last, value nulls last
    ) = 1
)

select {{ columns }} from first_deliveries
{%- if not is_incremental() %}
union all
select {{ columns }} from single_deliveries
{%- endif %}
