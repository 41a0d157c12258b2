with purchase_history as (
    select * from {{ ref('user_purchase_history') }}
),

purchase_scores as (
    select * from {{ ref('user_purchase_scores') }}
)

select
    purchase_history.user_id,
    purchase_history.as_of_date,
    purchase_history.first_purchase_date,
    purchase_history.last_purchase_date,
    purchase_history.purchase_count,
    purchase_history.refund_count,
    cast(purchase_history.purchase_amount as decimal(18, 2)) as purchase_amount,
    cast(purchase_history.refund_amount as decimal(18, 2)) as refund_amount,
    cast(purchase_history.net_revenue as decimal(18, 2)) as net_revenue,
    {{ days_between(
        'purchase_history.last_purchase_date', 'purchase_history.as_of_date'
    ) }}
        as days_since_last_purchase,
    purchase_scores.recency_score,
    purchase_scores.frequency_score,
    purchase_scores.monetary_score,
    purchase_scores.purchase_segment,
    -- What models of customer lifetime value ask for, days being the periods.
    purchase_history.repeat_purchase_day_count,
    {{ days_between(
        'purchase_history.first_purchase_date', 'purchase_history.last_purchase_date'
    ) }}
        as repeat_purchase_recency_days,
    {{ days_between(
        'purchase_history.first_purchase_date', 'purchase_history.as_of_date'
    ) }}
        as customer_age_days,
    cast(purchase_history.repeat_purchase_amount as double)
    / nullif(purchase_history.repeat_purchase_day_count, 0)
        as average_repeat_purchase_day_value
from purchase_history
inner join purchase_scores on purchase_history.user_id = purchase_scores.user_id
