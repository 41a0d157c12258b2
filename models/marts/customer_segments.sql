{%- set numbers = [
    'customer_count', 'customer_share', 'net_revenue', 'net_revenue_share',
    'median_days_since_last_purchase', 'median_purchases', 'median_net_revenue',
] -%}
{%- set measures = ['days_since_last_purchase', 'purchase_count', 'net_revenue'] -%}

with purchase_segments as (
    select distinct purchase_segment
    from {{ ref('purchase_segments') }}
),

sums as (
    select
        purchase_segment,
        count(*) as customer_count,
        sum(net_revenue) as net_revenue
    from {{ ref('customers') }}
    group by purchase_segment
),

totals as (
    select
        sum(customer_count) as customer_count,
        sum(net_revenue) as net_revenue
    from sums
)

{#- The aggregate would hold a value of every customer in memory, which DuckDB cannot
    put on disk: the median is the value in the middle of those that are counted, or
    halfway between two. #}
{%- for measure in measures %},

{{ measure }}_counts as (
    select
        purchase_segment,
        {{ measure }},
        count(*) as customer_count
    from {{ ref('customers') }}
    group by all
),

{{ measure }}_places as (
    select
        *,
        sum(customer_count) over (
            partition by purchase_segment order by {{ measure }}
        ) as last_place,
        sum(customer_count) over (partition by purchase_segment) as place_count
    from {{ measure }}_counts
),

{{ measure }}_middles as (
    select
        purchase_segment,
        min({{ measure }}) as lower_middle,
        max({{ measure }}) as upper_middle
    from {{ measure }}_places
    where
        2 * last_place >= place_count
        and 2 * (last_place - customer_count) <= place_count
    group by purchase_segment
)
{%- endfor %},

profiles as (
    select
        purchase_segments.purchase_segment,
        coalesce(sums.customer_count, 0) as customer_count,
        coalesce(sums.customer_count, 0) / nullif(totals.customer_count, 0)
            as customer_share,
        cast(coalesce(sums.net_revenue, 0) as decimal(18, 2)) as net_revenue,
        -- Of a loss nobody has a share.
        case
            when totals.net_revenue > 0
                then
                    cast(coalesce(sums.net_revenue, 0) as double)
                    / cast(totals.net_revenue as double)
        end as net_revenue_share,
        (
            days_since_last_purchase.lower_middle
            + days_since_last_purchase.upper_middle
        ) / 2 as median_days_since_last_purchase,
        (purchase_count.lower_middle + purchase_count.upper_middle) / 2
            as median_purchases,
        cast(
            (net_revenue.lower_middle + net_revenue.upper_middle) * 0.5
            as decimal(18, 2)
        ) as median_net_revenue
    from purchase_segments
    cross join totals
    left join sums
        on purchase_segments.purchase_segment = sums.purchase_segment
    {%- for measure in measures %}
    left join {{ measure }}_middles as {{ measure }}
        on purchase_segments.purchase_segment = {{ measure }}.purchase_segment
    {%- endfor %}
),

disclosed_profiles as (
    select
        *,
        {{ is_hidden_in_line(
            'customer_count', none, 'purchase_segment'
        ) | indent(8) }}
            as is_suppressed
    from profiles
)

select
    purchase_segment,
    {%- for column in numbers %}
    case when not is_suppressed then {{ column }} end as {{ column }},
    {%- endfor %}
    is_suppressed
from disclosed_profiles
