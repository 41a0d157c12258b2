{%- set features = catalog_features() -%}
{%- set rows = [] -%}
{%- for row in features -%}
{%- do rows.append({
    'feature': "'" ~ row.feature ~ "'",
    'user_count': row.feature ~ '_user_count',
    'mean': row.feature ~ '_mean',
    'square': 'cast(null as double)' if row.kind == 'flag' else row.feature ~ '_square',
}) -%}
{%- endfor -%}
{#- As many objectives as one pass over the users takes. -#}
{%- set batches = objectives() | batch(3) | list -%}

with feature_statistics as (
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
        {%- for limit in ['minimum', 'maximum'] if row.kind == 'numeric' %}
        max({{ limit }}) filter (where feature = '{{ row.feature }}')
            as {{ row.feature }}_{{ limit }},
        {%- endfor %}
        {%- endfor %}
        count(*) as feature_count
    from feature_statistics
),

-- Exact numbers are what costs most here. One pass over the users sums them by their
-- segments of several objectives together, a few hundred groups; sums of exact sums are
-- exact, too. Made long below.
{%- for objectives in batches %}
sums_{{ loop.index }} as (
    select
        {%- for objective in objectives %}
        scored_users.{{ objective }}_segment_number,
        {%- endfor %}
        {%- for row in features %}
        {%- set value = 'scored_users.' ~ row.feature %}
        count({{ value }}) as {{ row.feature }}_count,
        {%- if row.kind == 'numeric' %}
        {%- set value = winsorised(
            value,
            'population.' ~ row.feature ~ '_minimum',
            'population.' ~ row.feature ~ '_maximum',
        ) %}
        {%- endif %}
        {%- if row.kind != 'flag' %}
        -- In deviations of all users, which keeps the digits of small rates.
        {%- set difference -%}
        (({{ value }} - population.{{ row.feature }}_mean)
        * population.{{ row.feature }}_factor)
        {%- endset %}
        sum({{ exact(difference ~ ' * ' ~ difference) }})
            as {{ row.feature }}_square_sum,
        {%- endif %}
        sum({{ exact(value) }}) as {{ row.feature }}_sum,
        {%- endfor %}
        count(*) as user_count
    from {{ ref('scored_users') }} as scored_users
    cross join population
    group by all
),

{% endfor -%}
segment_averages as (
    {%- for objectives in batches %}
    {%- set sums = 'sums_' ~ loop.index %}
    {%- for objective in objectives %}
    select
        '{{ objective }}' as objective,
        {{ objective }}_segment_number as segment_number,
        {%- for row in features %}
        {%- set known_count = 'nullif(sum(' ~ row.feature ~ '_count), 0)' %}
        {{ exact_sum(row.feature ~ '_sum') }} / {{ known_count }}
            as {{ row.feature }}_mean,
        {%- if row.kind != 'flag' %}
        {{ exact_sum(row.feature ~ '_square_sum') }} / {{ known_count }}
            as {{ row.feature }}_square,
        {%- endif %}
        cast(sum({{ row.feature }}_count) as bigint) as {{ row.feature }}_user_count,
        {%- endfor %}
        sum(user_count) as segment_user_count
    from {{ sums }}
    where {{ objective }}_segment_number is not null
    group by {{ objective }}_segment_number
    {{ 'union all' if not loop.last }}
    {%- endfor %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

long_averages as (
    {{ stacked(
        'segment_averages', rows, ['objective', 'segment_number']
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
        -- Of a feature that is the same for everybody segments do not differ.
        case
            when
                feature_statistics.standard_deviation = 0
                and long_averages.mean is not null
                then 0
            else
                (long_averages.mean - feature_statistics.mean)
                / nullif(feature_statistics.standard_deviation, 0)
        end as standardised_difference
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
    standardised_difference,
    {{ is_hidden_in_line(
        'user_count', 'objective, feature', 'segment_number'
    ) | indent }}
        as is_suppressed
from differences
