{%- set numbers = [
    'user_count', 'known_share', 'mean', 'mean_low', 'mean_high', 'lower_quartile',
    'median', 'upper_quartile', 'index', 'standardised_difference', 'p_value', 'q_value',
] -%}

with feature_profiles as (
    select * from {{ ref('feature_profiles') }}
),

segments as (
    select * from {{ ref('segments') }}
)

select
    segments.objective,
    segments.segment_key,
    segments.segment_number,
    segments.segment_name,
    feature_profiles.feature,
    feature_profiles.label,
    feature_profiles.unit,
    feature_profiles.block,
    feature_profiles.role,
    feature_profiles.is_outside_basis,
    feature_profiles.is_suppressed,
    {%- for column in numbers %}
    case when not feature_profiles.is_suppressed then feature_profiles.{{ column }} end
        as {{ column }},
    {%- endfor %}
    feature_profiles.certain_difference,
    case
        when feature_profiles.is_population_mean_hidden then null
        when not {{ is_hidden(
            'sum(feature_profiles.user_count) over (
                partition by feature_profiles.objective, feature_profiles.feature
            )'
        ) }}
            then feature_profiles.population_mean
    end as population_mean,
    feature_profiles.is_distinctive
from feature_profiles
inner join segments
    on
        feature_profiles.objective = segments.objective
        and feature_profiles.segment_number = segments.segment_number
