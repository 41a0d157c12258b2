with basis_features as (
    select * from {{ ref('basis_features') }}
),

feature_sources as (
    select * from {{ ref('feature_sources') }}
)

select distinct
    basis_features.objective,
    feature_sources.source
from basis_features
inner join feature_sources on basis_features.feature = feature_sources.feature
