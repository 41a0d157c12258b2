{%- set features = catalog_features() -%}
{%- set rows = [] -%}
{%- for row in features -%}
{%- set minimum = 'limits.' ~ row.feature ~ '_minimum' -%}
{%- set maximum = 'limits.' ~ row.feature ~ '_maximum' -%}
{%- set transformed_minimum = transformed(minimum, row.transform) -%}
{%- do rows.append({
    'feature': "'" ~ row.feature ~ "'",
    'user_count': 'averages.' ~ row.feature ~ '_user_count',
    'unknown_count': 'averages.user_count - averages.' ~ row.feature ~ '_user_count',
    'minimum': 'cast(' ~ minimum ~ ' as double)',
    'maximum': 'cast(' ~ maximum ~ ' as double)',
    'extent': 'cast(' ~ maximum ~ ' - ' ~ minimum ~ ' as double)',
    'position': 'averages.' ~ row.feature ~ '_position',
    'square': 'averages.' ~ row.feature ~ '_square',
    'transformed_minimum': 'cast(' ~ transformed_minimum ~ ' as double)',
    'transformed_extent': 'cast(' ~ transformed(maximum, row.transform) ~ ' - '
        ~ transformed_minimum ~ ' as double)',
    'transformed_position': 'averages.' ~ row.feature ~ '_transformed_position',
    'transformed_square': 'averages.' ~ row.feature ~ '_transformed_square',
    'low_outlier_count': 'averages.' ~ row.feature ~ '_low_outlier_count',
    'high_outlier_count': 'averages.' ~ row.feature ~ '_high_outlier_count',
}) -%}
{%- endfor %}

with feature_fences as (
    select * from {{ ref('feature_fences') }}
),

fences as (
    select
        {%- for row in features %}
        {%- for fence in ['lower_fence', 'upper_fence'] %}
        max({{ fence }}) filter (where feature = '{{ row.feature }}')
            as {{ row.feature }}_{{ fence }},
        {%- endfor %}
        {%- endfor %}
        count(*) as feature_count
    from feature_fences
),

-- Two passes over the users, wide; made long below. An expression that both read would
-- be kept in memory, users and all.
ranges as (
    select
        {%- for row in features %}
        min({{ row.feature }}) as {{ row.feature }}_minimum,
        max({{ row.feature }}) as {{ row.feature }}_maximum,
        {%- endfor %}
        count(*) as user_count
    from {{ ref('user_features') }}
),

-- Null fences are passed over.
limits as (
    select
        {%- for row in features %}
        greatest(
            ranges.{{ row.feature }}_minimum, fences.{{ row.feature }}_lower_fence
        ) as {{ row.feature }}_minimum,
        least(
            ranges.{{ row.feature }}_maximum, fences.{{ row.feature }}_upper_fence
        ) as {{ row.feature }}_maximum,
        {%- endfor %}
        ranges.user_count
    from ranges
    cross join fences
),

-- Positions from 0 to 1 within the limits: averages of squares would lose the digits of
-- small rates and overflow on large counts. Counts have no filter clauses, as each
-- would copy the rows that it keeps: a hundred took five times as long as all the rest.
averages as (
    select
        {%- for row in features %}
        count({{ row.feature }}) as {{ row.feature }}_user_count,
        {%- set position = position_in_range(row.feature, 'none') %}
        {{ exact_average_of_shares(position) }} as {{ row.feature }}_position,
        {{ exact_average_of_shares(position ~ ' * ' ~ position) }}
            as {{ row.feature }}_square,
        {%- set position = position_in_range(row.feature, row.transform) %}
        {{ exact_average_of_shares(position) }}
            as {{ row.feature }}_transformed_position,
        {{ exact_average_of_shares(position ~ ' * ' ~ position) }}
            as {{ row.feature }}_transformed_square,
        count(case when {{ row.feature }} < {{ row.feature }}_minimum then 1 end)
            as {{ row.feature }}_low_outlier_count,
        count(case when {{ row.feature }} > {{ row.feature }}_maximum then 1 end)
            as {{ row.feature }}_high_outlier_count,
        {%- endfor %}
        count(*) as user_count
    from {{ ref('user_features') }}
    cross join limits
),

long_averages as (
    {{ stacked('averages cross join limits', rows) | indent }}
)

select
    feature,
    user_count,
    unknown_count,
    low_outlier_count,
    high_outlier_count,
    minimum,
    maximum,
    minimum + extent * position as mean,
    extent * sqrt(greatest(square - pow(position, 2), 0)) as standard_deviation,
    transformed_minimum + transformed_extent * transformed_position
        as transformed_mean,
    transformed_extent
    * sqrt(greatest(transformed_square - pow(transformed_position, 2), 0))
        as transformed_standard_deviation
from long_averages
