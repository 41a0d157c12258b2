with users as (
    select * from {{ ref('stg_users') }}
),

purchase_history as (
    select * from {{ ref('user_purchase_history') }}
),

-- What a user who buys nothing would spend is not known: it must not look like little.
all_customers as (
    select
        coalesce(
            cast(sum(purchase_amount) as double) / nullif(sum(purchase_count), 0), 0
        ) as average_order_value
    from purchase_history
),

observed_period as (
    -- So long ago, at least, was the last purchase of a user who has none. Nothing is
    -- known where there is no log, and where it begins after the as-of date.
    select
        greatest(
            {{ days_between(
                'first_transaction_date', 'least(as_of_date, transactions_ended_on)'
            ) }} + 1,
            0
        ) as logged_day_count
    from {{ ref('stg_observed_period') }}
)

select
    users.user_id,
    coalesce(purchase_history.purchase_count, 0) as purchase_count,
    cast(coalesce(purchase_history.purchase_amount, 0) as double) as purchase_amount,
    cast(coalesce(purchase_history.net_revenue, 0) as double) as net_revenue,
    coalesce(
        cast(purchase_history.purchase_amount as double)
        / nullif(purchase_history.purchase_count, 0),
        all_customers.average_order_value
    ) as average_order_value,
    coalesce(
        purchase_history.refund_count
        / (purchase_history.purchase_count + purchase_history.refund_count),
        0
    ) as refund_share,
    coalesce(
        {{ days_between(
            'purchase_history.last_purchase_date', 'purchase_history.as_of_date'
        ) }},
        observed_period.logged_day_count
    ) as days_since_last_purchase,
    coalesce(
        {{ days_between(
            'purchase_history.first_purchase_date', 'purchase_history.as_of_date'
        ) }},
        0
    ) as customer_age_days
from users
cross join observed_period
cross join all_customers
left join purchase_history on users.user_id = purchase_history.user_id
