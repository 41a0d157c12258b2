with objectives as (
    select * from {{ ref('objectives') }}
),

known_answers as (
    select * from {{ ref('known_answers') }}
),

basis_sources as (
    select * from {{ ref('basis_sources') }}
),

attributes as (
    select distinct
        attribute,
        attribute as source
    from known_answers
    union all
    select
        'interest' as attribute,
        'top_interests' as source
)

select
    objectives.objective,
    attributes.attribute,
    attributes.source,
    basis_sources.source is null as is_outside_basis
from objectives
cross join attributes
left join basis_sources
    on
        objectives.objective = basis_sources.objective
        and attributes.source = basis_sources.source
