{%- set features = catalog_features() -%}

with user_segments as (
    select
        objective,
        segment_number,
        user_id
    from {{ ref('user_segments') }}
),

user_features as (
    select * from {{ ref('user_features') }}
),

feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

-- One pass over the users, wide; made long below.
segment_averages as (
    select
        user_segments.objective,
        user_segments.segment_number,
        {%- for row in features %}
        {{ exact_average('user_features.' ~ row.feature) }} as {{ row.feature }}_mean,
        {%- if row.kind != 'flag' %}
        quantile_cont(user_features.{{ row.feature }}, [0.25, 0.5, 0.75])
            as {{ row.feature }}_quartiles,
        {%- endif %}
        {%- endfor %}
        count(*) as user_count
    from user_segments
    inner join user_features on user_segments.user_id = user_features.user_id
    group by all
),

long_averages as (
    {%- for row in features %}
    select
        objective,
        segment_number,
        user_count,
        '{{ row.feature }}' as feature,
        {{ row.feature }}_mean as mean,
        {%- if row.kind != 'flag' %}
        cast({{ row.feature }}_quartiles[1] as double) as lower_quartile,
        cast({{ row.feature }}_quartiles[2] as double) as median,
        cast({{ row.feature }}_quartiles[3] as double) as upper_quartile
        {%- else %}
        -- The quartiles of zeros and ones say less than their mean.
        cast(null as double) as lower_quartile,
        cast(null as double) as median,
        cast(null as double) as upper_quartile
        {%- endif %}
    from segment_averages
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    long_averages.objective,
    long_averages.segment_number,
    long_averages.feature,
    long_averages.user_count,
    long_averages.mean,
    long_averages.lower_quartile,
    long_averages.median,
    long_averages.upper_quartile,
    feature_statistics.mean as population_mean,
    coalesce(
        (long_averages.mean - feature_statistics.mean)
        / nullif(feature_statistics.standard_deviation, 0),
        0
    ) as standardised_difference
from long_averages
inner join feature_statistics on long_averages.feature = feature_statistics.feature
