{{ config(materialized='table') }}

with observed_period as (
    -- A log that has ended tells nothing of the time since.
    select least(as_of_date, transactions_ended_on) as as_of_date
    from {{ ref('stg_observed_period') }}
),

transactions as (
    select
        user_identities.user_id,
        transactions.amount,
        transactions.is_refund,
        cast({{ local_time('transactions.occurred_at') }} as date) as transaction_date
    from {{ ref('stg_transactions') }} as transactions
    inner join {{ ref('stg_user_identities') }} as user_identities
        on transactions.user_id = user_identities.logged_user_id
),

observed_transactions as (
    select transactions.*
    from transactions
    inner join observed_period
        on transactions.transaction_date <= observed_period.as_of_date
),

purchase_days as (
    select
        user_id,
        transaction_date as purchase_date,
        count(*) as purchase_count,
        sum(amount) as amount
    from observed_transactions
    where not is_refund
    group by all
),

first_days as (
    select
        user_id,
        min(purchase_date) as first_purchase_date
    from purchase_days
    group by all
),

purchases as (
    select
        purchase_days.user_id,
        first_days.first_purchase_date,
        max(purchase_days.purchase_date) as last_purchase_date,
        sum(purchase_days.purchase_count) as purchase_count,
        sum(purchase_days.amount) as purchase_amount,
        count(*) - 1 as repeat_purchase_day_count,
        -- A customer's first purchase tells nothing of the next ones.
        sum(purchase_days.amount) filter (
            where purchase_days.purchase_date > first_days.first_purchase_date
        ) as repeat_purchase_amount
    from purchase_days
    inner join first_days on purchase_days.user_id = first_days.user_id
    group by all
),

refunds as (
    select
        user_id,
        count(*) as refund_count,
        sum(amount) as refund_amount
    from observed_transactions
    where is_refund
    group by all
)

select
    coalesce(purchases.user_id, refunds.user_id) as user_id,
    purchases.first_purchase_date,
    purchases.last_purchase_date,
    observed_period.as_of_date,
    cast(coalesce(purchases.purchase_count, 0) as bigint) as purchase_count,
    cast(coalesce(refunds.refund_count, 0) as bigint) as refund_count,
    coalesce(purchases.purchase_amount, 0) as purchase_amount,
    coalesce(refunds.refund_amount, 0) as refund_amount,
    coalesce(purchases.purchase_amount, 0) - coalesce(refunds.refund_amount, 0)
        as net_revenue,
    cast(coalesce(purchases.repeat_purchase_day_count, 0) as bigint)
        as repeat_purchase_day_count,
    coalesce(purchases.repeat_purchase_amount, 0) as repeat_purchase_amount
from purchases
full join refunds on purchases.user_id = refunds.user_id
cross join observed_period
