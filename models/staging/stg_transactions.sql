{{ config(pre_hook=[
    "{{ check_rejected_share('transactions', ref('stg_checked_transactions')) }}",
    '{{ check_currencies() }}',
]) }}

with checked_transactions as (
    select * from {{ ref('stg_checked_transactions') }}
),

exchange_rates as (
    select
        upper(currency) as currency,
        cast(rate as decimal(18, 6)) as rate
    from {{ ref('exchange_rates') }}
)

select
    checked_transactions.transaction_id,
    checked_transactions.user_id,
    checked_transactions.occurred_at,
    -- A single currency needs no rates. The product of two decimals of 18 digits
    -- overflows at 922 millions; with more digits than these Spark rounds it.
    cast(checked_transactions.amount as decimal(19, 4))
    * coalesce(exchange_rates.rate, 1) as amount,
    checked_transactions.is_refund
from checked_transactions
left join exchange_rates on checked_transactions.currency = exchange_rates.currency
where checked_transactions.rejection_reasons is null
