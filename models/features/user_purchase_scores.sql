with purchase_history as (
    select * from {{ ref('user_purchase_history') }}
),

purchase_segments as (
    select * from {{ ref('purchase_segments') }}
),

-- How many customers have less.
customers as (
    select
        user_id,
        count(*) over () as customer_count,
        rank() over (order by last_purchase_date) - 1 as less_recent_count,
        rank() over (order by purchase_count) - 1 as less_frequent_count,
        rank() over (order by net_revenue) - 1 as less_valuable_count
    from purchase_history
    where purchase_count > 0
),

-- Who has the same has the same score, where ntile would deal equals out at random.
scores as (
    select
        user_id,
        cast(
            1
            + {{ whole_quotient('5 * less_recent_count', 'customer_count') }}
            as integer
        ) as recency_score,
        cast(
            1
            + {{ whole_quotient('5 * less_frequent_count', 'customer_count') }}
            as integer
        ) as frequency_score,
        cast(
            1
            + {{ whole_quotient('5 * less_valuable_count', 'customer_count') }}
            as integer
        ) as monetary_score
    from customers
)

select
    scores.user_id,
    scores.recency_score,
    scores.frequency_score,
    scores.monetary_score,
    purchase_segments.purchase_segment
from scores
inner join purchase_segments
    on
        scores.recency_score = purchase_segments.recency_score
        and scores.frequency_score = purchase_segments.frequency_score
