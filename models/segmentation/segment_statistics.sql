{%- set features = catalog_features() -%}
{%- set rows = [] -%}
{%- for row in features -%}
{%- set quartiles = row.feature ~ '_quartiles' -%}
{%- set numbers = {
    'lower_quartile': entry_at(quartiles, 1),
    'median': entry_at(quartiles, 2),
    'upper_quartile': entry_at(quartiles, 3),
    'square': row.feature ~ '_square',
} -%}
{%- set columns = {
    'feature': "'" ~ row.feature ~ "'",
    'mean': row.feature ~ '_mean',
} -%}
{%- for column, number in numbers.items() -%}
{#- The quartiles of zeros and ones say less than their mean. -#}
{%- set number = 'null' if row.kind == 'flag' else number -%}
{%- do columns.update({column: 'cast(' ~ number ~ ' as double)'}) -%}
{%- endfor -%}
{%- do rows.append(columns) -%}
{%- endfor %}

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

-- One pass over the users, wide; made long below.
segment_averages as (
    select
        user_segments.objective,
        user_segments.segment_number,
        {%- for row in features %}
        {{ exact_average('user_features.' ~ row.feature) }} as {{ row.feature }}_mean,
        {%- if row.kind != 'flag' %}
        {{ quartiles_of('user_features.' ~ row.feature) }}
            as {{ row.feature }}_quartiles,
        -- In deviations of all users, which keeps the digits of small rates.
        {%- set difference -%}
        ((user_features.{{ row.feature }} - population.{{ row.feature }}_mean)
        * population.{{ row.feature }}_factor)
        {%- endset %}
        {{ exact_average(difference ~ ' * ' ~ difference) }}
            as {{ row.feature }}_square,
        {%- endif %}
        {%- endfor %}
        count(*) as user_count
    from user_segments
    inner join user_features on user_segments.user_id = user_features.user_id
    cross join population
    group by all
),

long_averages as (
    {{ stacked(
        'segment_averages', rows, ['objective', 'segment_number', 'user_count']
    ) | indent }}
),

differences as (
    select
        long_averages.*,
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
