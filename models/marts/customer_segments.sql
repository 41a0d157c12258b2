with customers as (
    select * from {{ ref('customers') }}
),

purchase_segments as (
    select distinct purchase_segment
    from {{ ref('purchase_segments') }}
),

totals as (
    select
        count(*) as customer_count,
        sum(net_revenue) as net_revenue
    from customers
)

select
    purchase_segments.purchase_segment,
    count(customers.user_id) as customer_count,
    count(customers.user_id) / nullif(totals.customer_count, 0) as customer_share,
    cast(coalesce(sum(customers.net_revenue), 0) as decimal(18, 2)) as net_revenue,
    -- Of a loss nobody has a share.
    case
        when totals.net_revenue > 0
            then
                cast(coalesce(sum(customers.net_revenue), 0) as double)
                / cast(totals.net_revenue as double)
    end as net_revenue_share,
    median(customers.days_since_last_purchase) as median_days_since_last_purchase,
    median(customers.purchase_count) as median_purchases,
    -- A median of decimals has as many places as they have: one more, to round well.
    cast(median(cast(customers.net_revenue as decimal(19, 3))) as decimal(18, 2))
        as median_net_revenue
from purchase_segments
cross join totals
left join customers
    on purchase_segments.purchase_segment = customers.purchase_segment
group by
    purchase_segments.purchase_segment, totals.customer_count, totals.net_revenue
