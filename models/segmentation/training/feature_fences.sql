{%- set rows = [] -%}
{%- for row in catalog_features() -%}
{%- set is_fenced = row.kind == 'numeric' -%}
{%- set columns = {
    'feature': "'" ~ row.feature ~ "'",
    'transform': "'" ~ row.transform ~ "'",
} -%}
{%- for percentile in ['median', 'low', 'high'] -%}
{%- do columns.update({
    percentile: 'cast(' ~ (row.feature ~ '_' ~ percentile if is_fenced else 'null')
        ~ ' as double)',
}) -%}
{%- endfor -%}
{%- do rows.append(columns) -%}
{%- endfor -%}

with medians as (
    select
        {%- for row in catalog_features() if row.kind == 'numeric' %}
        {{ quantile_of(row.feature, 0.5) }} as {{ row.feature }}_median,
        {%- endfor %}
        count(*) as user_count
    from {{ ref('training_users') }}
),

-- Of the values that are not the median: where most users have none of something, their
-- zeros say nothing of how far the others reach.
percentiles as (
    select
        {%- for row in catalog_features() if row.kind == 'numeric' %}
        {%- set other = 'nullif(' ~ row.feature ~ ', ' ~ row.feature ~ '_median)' %}
        {{ quantile_of(other, 0.05) }} as {{ row.feature }}_low,
        {{ quantile_of(other, 0.95) }} as {{ row.feature }}_high,
        {%- endfor %}
        count(*) as user_count
    from {{ ref('training_users') }}
    cross join medians
),

long_percentiles as (
    {{ stacked('percentiles cross join medians', rows) | indent }}
),

ranges as (
    select
        feature,
        transform,
        least(low, median) as low,
        greatest(high, median) as high
    from long_percentiles
)

-- One range further on either side; of logarithms, where they are taken.
select
    feature,
    case transform
        when 'log1p' then low - (1 + low) * (1 - (1 + low) / (1 + high))
        else low - (high - low)
    end as lower_fence,
    case transform
        when 'log1p' then high + (1 + high) * ((1 + high) / (1 + low) - 1)
        else high + (high - low)
    end as upper_fence
from ranges
