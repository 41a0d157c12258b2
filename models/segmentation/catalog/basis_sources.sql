with feature_scales as (
    select * from {{ ref('feature_scales') }}
),

feature_sources as (
    select * from {{ ref('feature_sources') }}
)

select distinct
    feature_scales.objective,
    feature_sources.source
from feature_scales
inner join feature_sources on feature_scales.feature = feature_sources.feature
