{%- set limits = distinctive_limits() -%}

with last_names as (
    select * from {{ ref('last_names') }}
    where is_newest
),

segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

disclosed_statistics as (
    select * from {{ ref('disclosed_statistics') }}
),

leading_traits as (
    select * from {{ ref('leading_traits') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

traits as (
    {%- for rank in range(1, 5) %}
    select
        objective,
        segment_number,
        'name' as part,
        {{ rank }} as trait_rank,
        nullif(split_part(name_traits, ', ', {{ rank }}), '') as trait
    from last_names
    union all
    {%- endfor %}
    select
        objective,
        segment_number,
        'action' as part,
        1 as trait_rank,
        action_trait as trait
    from last_names
),

features as (
    select
        traits.*,
        split_part(traits.trait, ' ', 1) as feature,
        split_part(traits.trait, ' ', 2) as direction
    from traits
    inner join segment_sizes
        on
            traits.objective = segment_sizes.objective
            and traits.segment_number = segment_sizes.segment_number
    where traits.trait is not null
)

select
    features.objective,
    features.segment_number,
    features.part,
    features.trait_rank,
    features.trait,
    features.feature,
    features.direction,
    case
        when features.trait_rank = 1 then leading_traits.noun
        else leading_traits.adjective
    end as words,
    case
        when leading_traits.trait is not null then null
        when
            disclosed_statistics.is_suppressed
            and disclosed_statistics.certain_difference is null
            or not disclosed_statistics.is_known_to_keep
            then
                coalesce(feature_catalog.label, features.feature)
                || ' is known of too few of its users now.'
        when
            case when features.direction = 'high' then 1 else -1 end
            * disclosed_statistics.certain_difference >= {{ limits.kept_difference }}
            then
                coalesce(feature_catalog.label, features.feature)
                || ' names no segments now: it forms none of them, or its declaration '
                || 'has no words for it.'
        when disclosed_statistics.is_suppressed
            then
                coalesce(feature_catalog.label, features.feature)
                || ' would tell of a few users now.'
        else
            coalesce(feature_catalog.label, features.feature)
            || ' is no longer {{ limits.kept_difference }} standard deviations or more '
            || case when features.direction = 'high' then 'above' else 'below' end
            || ' all users.'
    end as problem
from features
left join leading_traits
    on
        features.objective = leading_traits.objective
        and features.segment_number = leading_traits.segment_number
        and features.trait = leading_traits.trait
left join disclosed_statistics
    on
        features.objective = disclosed_statistics.objective
        and features.segment_number = disclosed_statistics.segment_number
        and features.feature = disclosed_statistics.feature
left join feature_catalog on features.feature = feature_catalog.feature
