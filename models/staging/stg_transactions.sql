{{ config(pre_hook=[
    "{{ check_rejected_share('transactions') }}",
    '{{ check_currencies() }}',
]) }}

with checked_transactions as (
    select * from {{ ref('stg_checked_transactions') }}
),

exchange_rates as (
    select
        upper({{ clean_text('currency') }}) as currency,
        {{ exact_rate('rate') }} as rate
    from {{ ref('exchange_rates') }}
)

select
    checked_transactions.transaction_id,
    checked_transactions.user_id,
    checked_transactions.occurred_at,
    -- Every digit of both enters the product; a single currency needs no rates.
    cast(
        checked_transactions.amount
        * coalesce(exchange_rates.rate, cast(1 as decimal(19, 12)))
        as decimal(37, 10)
    ) as amount,
    checked_transactions.is_refund
from checked_transactions
left join exchange_rates on checked_transactions.currency = exchange_rates.currency
where checked_transactions.rejection_reasons is null
