with leading_traits as (
    select * from {{ ref('leading_traits') }}
),

remembered_traits as (
    select * from {{ ref('remembered_traits') }}
),

segment_actions as (
    select * from {{ ref('segment_actions') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

traits as (
    select
        objective,
        segment_number,
        feature,
        direction,
        trait,
        true as is_kept,
        1 as trait_rank
    from remembered_traits
    where part = 'action' and problem is null
    union all
    select
        objective,
        segment_number,
        feature,
        direction,
        trait,
        false as is_kept,
        trait_rank
    from leading_traits
    where may_name
),

-- What somebody has listed comes first; then what the action was for before, and then
-- the strongest trait.
ranked_traits as (
    select
        traits.*,
        feature_catalog.label,
        feature_catalog.kind,
        segment_actions.recommended_action,
        row_number() over (
            partition by traits.objective, traits.segment_number
            order by
                (segment_actions.recommended_action is null) asc,
                traits.is_kept desc,
                traits.trait_rank asc
        ) as place
    from traits
    inner join feature_catalog on traits.feature = feature_catalog.feature
    left join segment_actions
        on
            traits.objective = segment_actions.objective
            and traits.feature = segment_actions.feature
            and traits.direction = segment_actions.direction
)

select
    objective,
    segment_number,
    trait,
    coalesce(
        recommended_action,
        'Decide what fits them: '
        || {{ lower_first('label') }}
        || case
            when kind = 'flag' and direction = 'high' then ' more often'
            when kind = 'flag' then ' less often'
            when direction = 'high' then ' higher'
            else ' lower'
        end
        || ' than average.'
    ) as recommended_action
from ranked_traits
where place = 1
