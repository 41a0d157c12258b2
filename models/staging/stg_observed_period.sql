{{ config(materialized='table') }}

{%- set as_of_date = var('as_of_date') -%}
{%- set last_date =
    'greatest(event_period.last_event_date, transaction_period.last_transaction_date)' -%}
{%- set transaction_date = 'cast(' ~ local_time('occurred_at') ~ ' as date)' -%}

with event_period as (
    select * from {{ ref('stg_event_period') }}
),

transaction_period as (
    select
        min({{ transaction_date }}) as first_transaction_date,
        max({{ transaction_date }}) as last_transaction_date
    from {{ ref('stg_transactions') }}
),

transaction_silence as (
    select longest_silence
    from (
        {{ supported_days(ref('stg_transactions'), transaction_date) }}
    ) as supported_days
),

period as (
    select
        event_period.first_event_date,
        event_period.last_event_date,
        event_period.longest_silence as longest_event_silence,
        transaction_period.first_transaction_date,
        transaction_period.last_transaction_date,
        transaction_silence.longest_silence as longest_transaction_silence,
        {{ "date '" ~ as_of_date ~ "'" if as_of_date else last_date }} as as_of_date
    from event_period
    cross join transaction_period
    cross join transaction_silence
)

select
    first_event_date,
    last_event_date,
    first_transaction_date,
    last_transaction_date,
    as_of_date,
    {%- for log in ['event', 'transaction'] %}
    {%- set last_day = 'last_' ~ log ~ '_date' %}
    case
        when
            {{ 'false' if as_of_date else
                days_between(last_day, 'as_of_date')
                ~ ' > longest_' ~ log ~ '_silence' }}
            then {{ last_day }}
    end as {{ log }}s_ended_on,
    {%- endfor %}
    {{ previous_as_of_date() }} as previous_as_of_date
from period
