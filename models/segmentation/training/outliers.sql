{#- A view: whoever asks for the outliers pays for them. -#}
{{ config(materialized=long_view()) }}
{%- set features = catalog_features() | selectattr('kind', 'eq', 'numeric') | list -%}
{%- set rows = [] -%}
{%- for row in features -%}
{%- do rows.append({
    'feature': "'" ~ row.feature ~ "'",
    'value': 'cast(' ~ row.feature ~ ' as double)',
}) -%}
{%- endfor %}

with feature_fences as (
    select * from {{ ref('feature_fences') }}
),

user_features as (
    select * from {{ ref('user_features') }}
),

user_values as (
    {{ stacked('user_features', rows, ['user_id']) | indent }}
),

outliers as (
    select
        user_values.user_id,
        user_values.feature,
        user_values.value,
        feature_fences.lower_fence,
        feature_fences.upper_fence,
        greatest(
            feature_fences.lower_fence - user_values.value,
            user_values.value - feature_fences.upper_fence
        ) as distance
    from user_values
    inner join feature_fences on user_values.feature = feature_fences.feature
    where
        user_values.value < feature_fences.lower_fence
        or user_values.value > feature_fences.upper_fence
),

ranked_outliers as (
    select
        *,
        row_number() over (partition by feature order by distance desc, user_id asc)
            as outlier_rank
    from outliers
)

select
    feature,
    cast(outlier_rank as int) as outlier_rank,
    user_id,
    value,
    lower_fence,
    upper_fence
from ranked_outliers
where outlier_rank <= 100
