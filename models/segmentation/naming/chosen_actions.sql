with leading_traits as (
    select * from {{ ref('leading_traits') }}
),

remembered_traits as (
    select * from {{ ref('remembered_traits') }}
),

segment_actions as (
    select * from {{ ref('segment_actions') }}
),

kept_actions as (
    select
        remembered_traits.objective,
        remembered_traits.segment_number,
        remembered_traits.trait,
        segment_actions.recommended_action
    from remembered_traits
    inner join segment_actions
        on
            remembered_traits.objective = segment_actions.objective
            and remembered_traits.feature = segment_actions.feature
            and remembered_traits.direction = segment_actions.direction
    where remembered_traits.part = 'action' and remembered_traits.problem is null
),

-- The strongest trait for which there is an action decides.
new_actions as (
    select
        leading_traits.objective,
        leading_traits.segment_number,
        min_by(leading_traits.trait, leading_traits.trait_rank) as trait,
        min_by(segment_actions.recommended_action, leading_traits.trait_rank)
            as recommended_action
    from leading_traits
    inner join segment_actions
        on
            leading_traits.objective = segment_actions.objective
            and leading_traits.feature = segment_actions.feature
            and leading_traits.direction = segment_actions.direction
    anti join kept_actions
        on
            leading_traits.objective = kept_actions.objective
            and leading_traits.segment_number = kept_actions.segment_number
    where leading_traits.may_name
    group by all
)

select * from kept_actions
union all
select * from new_actions
