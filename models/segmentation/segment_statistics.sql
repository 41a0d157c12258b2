{%- set features = catalog_features() -%}
{%- set rows = [] -%}
{%- for row in features -%}
{%- do rows.append({
    'feature': "'" ~ row.feature ~ "'",
    'mean': row.feature ~ '_mean',
    'square': 'cast(null as double)' if row.kind == 'flag' else row.feature ~ '_square',
}) -%}
{%- endfor -%}
{%- set objectives = var('objectives') | list -%}

with scored_users as (
    select * from {{ ref('scored_users') }}
),

feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

segment_quartiles as (
    select * from {{ ref('segment_quartiles') }}
),

population as (
    select
        {%- for row in features if row.kind != 'flag' %}
        max(mean) filter (where feature = '{{ row.feature }}')
            as {{ row.feature }}_mean,
        coalesce(
            1 / nullif(
                max(standard_deviation) filter (where feature = '{{ row.feature }}'), 0
            ),
            0
        ) as {{ row.feature }}_factor,
        {%- endfor %}
        count(*) as feature_count
    from feature_statistics
),

-- One pass over the users for each objective, wide; made long below.
segment_averages as (
    {%- for objective in objectives %}
    select
        '{{ objective }}' as objective,
        scored_users.{{ objective }}_segment_number as segment_number,
        {%- for row in features %}
        {%- set value = 'scored_users.' ~ row.feature %}
        {{ exact_average(value) }} as {{ row.feature }}_mean,
        {%- if row.kind != 'flag' %}
        -- In deviations of all users, which keeps the digits of small rates.
        {%- set difference -%}
        (({{ value }} - population.{{ row.feature }}_mean)
        * population.{{ row.feature }}_factor)
        {%- endset %}
        {{ exact_average(difference ~ ' * ' ~ difference) }}
            as {{ row.feature }}_square,
        {%- endif %}
        {%- endfor %}
        count(*) as user_count
    from scored_users
    cross join population
    where scored_users.{{ objective }}_segment_number is not null
    group by scored_users.{{ objective }}_segment_number
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

long_averages as (
    {{ stacked(
        'segment_averages', rows, ['objective', 'segment_number', 'user_count']
    ) }}
),

differences as (
    select
        long_averages.*,
        -- Flags have none.
        cast({{ entry_at('segment_quartiles.quartiles', 1) }} as double)
            as lower_quartile,
        cast({{ entry_at('segment_quartiles.quartiles', 2) }} as double) as median,
        cast({{ entry_at('segment_quartiles.quartiles', 3) }} as double)
            as upper_quartile,
        feature_statistics.mean as population_mean,
        feature_statistics.standard_deviation as population_standard_deviation,
        coalesce(
            (long_averages.mean - feature_statistics.mean)
            / nullif(feature_statistics.standard_deviation, 0),
            0
        ) as standardised_difference
    from long_averages
    inner join feature_statistics
        on long_averages.feature = feature_statistics.feature
    left join segment_quartiles
        on
            long_averages.objective = segment_quartiles.objective
            and long_averages.segment_number = segment_quartiles.segment_number
            and long_averages.feature = segment_quartiles.feature
)

select
    objective,
    segment_number,
    feature,
    user_count,
    mean,
    -- The variance of zeros and ones follows from their mean.
    case
        when square is null then sqrt(mean * (1 - mean))
        else
            population_standard_deviation
            * sqrt(greatest(square - pow(standardised_difference, 2), 0))
    end as standard_deviation,
    lower_quartile,
    median,
    upper_quartile,
    population_mean,
    population_standard_deviation,
    standardised_difference
from differences
