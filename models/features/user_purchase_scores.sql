with purchase_history as (
    select * from {{ ref('user_purchase_history') }}
),

purchase_segments as (
    select * from {{ ref('purchase_segments') }}
),

customers as (
    select
        user_id,
        last_purchase_date,
        purchase_count,
        net_revenue,
        count(*) over () as customer_count
    from purchase_history
    where purchase_count > 0
),

-- Fifths by the share of customers who have less: who has the same has the same score,
-- where ntile would deal equals out at random.
scores as (
    select
        user_id,
        {%- for score, column in {
            'recency_score': 'last_purchase_date',
            'frequency_score': 'purchase_count',
            'monetary_score': 'net_revenue',
        }.items() %}
        cast(
            1 + floor(5 * (rank() over (order by {{ column }}) - 1) / customer_count)
            as integer
        ) as {{ score }},
        {%- endfor %}
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
