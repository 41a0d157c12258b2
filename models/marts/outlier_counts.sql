with feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

feature_fences as (
    select * from {{ ref('feature_fences') }}
)

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
where feature_statistics.low_outlier_count + feature_statistics.high_outlier_count > 0
