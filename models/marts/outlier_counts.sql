with feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

feature_fences as (
    select * from {{ ref('feature_fences') }}
),

outliers as (
    select
        feature_statistics.feature,
        feature_catalog.label,
        feature_catalog.unit,
        feature_fences.lower_fence,
        feature_fences.upper_fence,
        feature_statistics.low_outlier_count,
        feature_statistics.high_outlier_count,
        feature_statistics.low_outlier_count + feature_statistics.high_outlier_count
            as outlier_count,
        feature_statistics.user_count
    from feature_statistics
    inner join feature_catalog on feature_statistics.feature = feature_catalog.feature
    inner join feature_fences on feature_statistics.feature = feature_fences.feature
)

select
    feature,
    label,
    unit,
    {%- for column in ['lower_fence', 'upper_fence', 'user_count'] %}
    case when not {{ is_hidden('user_count') }} then {{ column }} end as {{ column }},
    {%- endfor %}
    {%- for column in ['low_outlier_count', 'high_outlier_count'] %}
    case when not {{ is_hidden(column) }} then {{ column }} end as {{ column }},
    {%- endfor %}
    -- Less the other one it would tell a hidden count.
    case
        when
            not {{ is_hidden('low_outlier_count') }}
            and not {{ is_hidden('high_outlier_count') }}
            then outlier_count
    end as outlier_count
from outliers
where outlier_count > 0
