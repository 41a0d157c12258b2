with objectives as (
    select * from {{ ref('objectives') }}
),

-- A log that was not read tells nothing of anybody.
unread_sources as (
    {%- for name, models in sources_read().items() if models.log %}
    {{- 'union all' if not loop.first }}
    select '{{ name }}' as source
    from {{ ref('stg_observed_period') }}
    where first_{{ models.log }}_date is null
    {% endfor %}
),

feature_catalog as (
    select *
    from {{ ref('feature_catalog') }}
    where source not in (select unread_sources.source from unread_sources)
),

basis_features as (
    select * from {{ ref('basis_features') }}
),

feature_sources as (
    select * from {{ ref('feature_sources') }}
),

basis_sources as (
    select * from {{ ref('basis_sources') }}
),

features_of_basis_sources as (
    select distinct
        basis_sources.objective,
        feature_sources.feature
    from basis_sources
    inner join feature_sources on basis_sources.source = feature_sources.source
)

select
    objectives.objective,
    feature_catalog.feature,
    -- A feature may form the segments of one objective and judge or describe
    -- another's.
    case
        when basis_features.feature is not null then 'basis'
        when feature_catalog.feature = objectives.outcome then 'outcome'
        when feature_catalog.role = 'protected' then 'protected'
        else 'descriptor'
    end as role,
    features_of_basis_sources.feature is null as is_outside_basis
from objectives
cross join feature_catalog
left join basis_features
    on
        objectives.objective = basis_features.objective
        and feature_catalog.feature = basis_features.feature
left join features_of_basis_sources
    on
        objectives.objective = features_of_basis_sources.objective
        and feature_catalog.feature = features_of_basis_sources.feature
