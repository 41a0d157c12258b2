with objectives as (
    select * from {{ ref('objectives') }}
),

ordered_answers as (
    select * from {{ ref('ordered_answers') }}
),

feature_sources as (
    select * from {{ ref('feature_sources') }}
),

feature_scales as (
    select * from {{ ref('feature_scales') }}
),

attributes as (
    select distinct
        attribute,
        attribute as source
    from ordered_answers
    union all
    select
        'interest' as attribute,
        'top_interests' as source
),

basis_sources as (
    select distinct
        feature_scales.objective,
        feature_sources.source
    from feature_scales
    inner join feature_sources on feature_scales.feature = feature_sources.feature
)

select
    objectives.objective,
    attributes.attribute,
    attributes.source,
    basis_sources.source is null as is_held_out
from objectives
cross join attributes
left join basis_sources
    on
        objectives.objective = basis_sources.objective
        and attributes.source = basis_sources.source
