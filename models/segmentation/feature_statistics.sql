{%- set features = catalog_features() -%}

with user_features as (
    select * from {{ ref('user_features') }}
),

-- One pass over the users, some columns wide for each feature; made long below.
averages as (
    select
        {%- for row in features %}
        {%- set transformed_feature = transformed(row.feature, row.transform) %}
        {{ exact_average(row.feature) }} as {{ row.feature }}_mean,
        {{ exact_average(row.feature ~ ' * ' ~ row.feature) }}
            as {{ row.feature }}_mean_of_squares,
        {{ exact_average(transformed_feature) }} as {{ row.feature }}_transformed_mean,
        {{ exact_average(transformed_feature ~ ' * ' ~ transformed_feature) }}
            as {{ row.feature }}_transformed_mean_of_squares,
        min({{ row.feature }}) = max({{ row.feature }})
            as {{ row.feature }}_is_constant,
        {%- endfor %}
        count(*) as user_count
    from user_features
),

long_averages as (
    {%- for row in features %}
    select
        '{{ row.feature }}' as feature,
        user_count,
        {{ row.feature }}_mean as mean,
        {{ row.feature }}_mean_of_squares as mean_of_squares,
        {{ row.feature }}_transformed_mean as transformed_mean,
        {{ row.feature }}_transformed_mean_of_squares as transformed_mean_of_squares,
        {{ row.feature }}_is_constant as is_constant
    from averages
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

-- Rounding leaves a constant feature a deviation of a millionth, which must be zero.
select
    feature,
    user_count,
    mean,
    case
        when is_constant then 0
        else sqrt(greatest(mean_of_squares - mean * mean, 0))
    end as standard_deviation,
    transformed_mean,
    case
        when is_constant then 0
        else
            sqrt(
                greatest(
                    transformed_mean_of_squares - transformed_mean * transformed_mean, 0
                )
            )
    end as transformed_standard_deviation
from long_averages
