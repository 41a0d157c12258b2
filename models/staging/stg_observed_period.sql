{{ config(materialized='table') }}

{%- set as_of_date = var('as_of_date') -%}
{%- set newest =
    'greatest(events.last_event_at, transactions.last_transaction_at)' -%}

with events as (
    select
        min(occurred_at) as first_event_at,
        max(occurred_at) as last_event_at
    from {{ ref('stg_events') }}
),

transactions as (
    select
        min(occurred_at) as first_transaction_at,
        max(occurred_at) as last_transaction_at
    from {{ ref('stg_transactions') }}
)

select
    cast({{ local_time('events.first_event_at') }} as date) as first_event_date,
    cast({{ local_time('transactions.first_transaction_at') }} as date)
        as first_transaction_date,
    {%- if as_of_date %}
    date '{{ as_of_date }}' as as_of_date
    {%- else %}
    cast({{ local_time(newest) }} as date) as as_of_date
    {%- endif %}
from events
cross join transactions
