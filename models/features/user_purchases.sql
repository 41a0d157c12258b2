with users as (
    select * from {{ ref('stg_users') }}
),

purchase_history as (
    select * from {{ ref('user_purchase_history') }}
),

observed_period as (
    -- Of a log that was not read, or that begins later, nothing is known.
    select coalesce(first_transaction_date <= as_of_date, false) as is_logged
    from {{ ref('stg_observed_period') }}
),

-- No purchases in a log are none; what they would have been like is not known.
logged_users as (
    select
        users.user_id,
        case when observed_period.is_logged then 0 end as no_purchases
    from users
    cross join observed_period
)

select
    logged_users.user_id,
    coalesce(purchase_history.purchase_count, logged_users.no_purchases)
        as purchase_count,
    cast(
        coalesce(purchase_history.purchase_amount, logged_users.no_purchases) as double
    ) as purchase_amount,
    cast(coalesce(purchase_history.net_revenue, logged_users.no_purchases) as double)
        as net_revenue,
    cast(purchase_history.purchase_amount as double)
    / nullif(purchase_history.purchase_count, 0) as average_order_value,
    purchase_history.refund_count
    / (purchase_history.purchase_count + purchase_history.refund_count)
        as refund_share,
    {{ days_between(
        'purchase_history.last_purchase_date', 'purchase_history.as_of_date'
    ) }} as days_since_last_purchase,
    {{ days_between(
        'purchase_history.first_purchase_date', 'purchase_history.as_of_date'
    ) }} as customer_age_days
from logged_users
left join purchase_history on logged_users.user_id = purchase_history.user_id
