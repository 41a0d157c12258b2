{{ config(
    materialized='incremental',
    full_refresh=false,
    on_schema_change='append_new_columns',
) }}

with segments as (
    select * from {{ ref('segments') }}
),

segment_names as (
    select * from {{ ref('segment_names') }}
),

name_claims as (
    select * from {{ ref('name_claims') }}
),

chosen_actions as (
    select * from {{ ref('chosen_actions') }}
),

remembered_traits as (
    select * from {{ ref('remembered_traits') }}
),

last_names as (
    select
        *,
        {{ rule_name() | indent }} as rule_name
    from {{ ref('last_names') }}
    where is_newest
),

traits as (
    select
        objective,
        segment_number,
        {{ ordered_text(
            "feature || ' ' || direction", ', ', 'trait_rank'
        ) }} as trait_list
    from name_claims
    group by all
),

problems as (
    select
        objective,
        segment_number,
        problem,
        max(case when part = 'name' then 1 else 0 end) as is_of_name,
        max(case when part = 'action' then 1 else 0 end) as is_of_action
    from remembered_traits
    where problem is not null
    group by all
),

lost_traits as (
    select
        objective,
        segment_number,
        {{ ordered_text('problem', ' ', 'problem') }} as problems,
        max(is_of_name) = 1 as is_name_lost,
        max(is_of_action) = 1 as is_action_lost
    from problems
    group by all
),

names_now as (
    select
        segments.objective,
        segments.segment_number,
        segments.segment_name,
        segments.rule_name,
        segments.named_by,
        segments.named_on,
        segment_names.name_words,
        segment_names.name_number,
        segment_names.says_objective,
        traits.trait_list as name_traits,
        segments.recommended_action,
        segments.verdict,
        chosen_actions.trait as action_trait
    from segments
    inner join segment_names
        on
            segments.objective = segment_names.objective
            and segments.segment_number = segment_names.segment_number
    left join traits
        on
            segments.objective = traits.objective
            and segments.segment_number = traits.segment_number
    left join chosen_actions
        on
            segments.objective = chosen_actions.objective
            and segments.segment_number = chosen_actions.segment_number
),

-- What is here and was not, was and is not, or is called or treated otherwise.
compared_names as (
    select
        coalesce(names_now.objective, last_names.objective) as objective,
        coalesce(names_now.segment_number, last_names.segment_number)
            as segment_number,
        coalesce(last_names.newest_change_number, 0) + 1 as change_number,
        names_now.segment_name,
        names_now.name_words,
        names_now.name_number,
        names_now.says_objective,
        names_now.name_traits,
        names_now.recommended_action,
        names_now.action_trait,
        names_now.named_by,
        names_now.named_on,
        names_now.rule_name = last_names.rule_name as is_same_rule_name,
        names_now.segment_name = last_names.segment_name as is_same_name,
        names_now.recommended_action = last_names.recommended_action
            as is_same_action,
        names_now.verdict = 'none' as is_without_structure,
        last_names.recommended_action = '{{ no_action() }}' as was_without_structure,
        coalesce(names_now.name_traits, '') = coalesce(last_names.name_traits, '')
        and coalesce(names_now.action_trait, '')
        = coalesce(last_names.action_trait, '') as are_same_traits,
        last_names.objective is not null as is_known,
        coalesce(last_names.is_held, false) as is_held,
        last_names.name_words as last_words,
        last_names.says_objective as said_objective,
        last_names.action_trait as last_action_trait,
        lost_traits.problems,
        coalesce(lost_traits.is_name_lost, false) as is_name_lost,
        coalesce(lost_traits.is_action_lost, false) as is_action_lost
    from names_now
    full outer join last_names
        on
            names_now.objective = last_names.objective
            and names_now.segment_number = last_names.segment_number
    left join lost_traits
        on
            names_now.objective = lost_traits.objective
            and names_now.segment_number = lost_traits.segment_number
),

changes as (
    select *
    from compared_names
    where
        case
            -- Of an empty build nobody has left.
            when name_words is null
                then is_held and exists (select segments.objective from segments)
            else
                not is_held
                or not is_same_rule_name
                or not is_same_name
                or not is_same_action
                or not are_same_traits
        end
),

reasons as (
    select
        *,
        case
            when name_words is null then 'No user is in it any more.'
            when not is_known then 'It has no name on record.'
            else concat_ws(
                ' ',
                case when not is_held then 'Users are in it again.' end,
                problems,
                case
                    when is_same_rule_name or is_name_lost then null
                    when last_words = 'other users'
                        then 'A trait sets it apart now.'
                    when last_words <> name_words
                        then 'Its declared words changed.'
                    when says_objective and not said_objective
                        then 'A segment of another objective has its name, too.'
                    else 'Another segment has its name.'
                end,
                case
                    when is_same_name then null
                    when named_by is not null
                        then
                            trim(named_by) || ' named it in seeds/segment_aliases.csv '
                            || 'on ' || cast(named_on as string) || '.'
                    when is_same_rule_name
                        then 'Its alias is gone from seeds/segment_aliases.csv.'
                end,
                case
                    when is_same_action then null
                    when is_without_structure then 'The verdict is none now.'
                    when was_without_structure then 'The verdict is no longer none.'
                    when is_action_lost then null
                    when last_action_trait is null
                        then 'An action is listed for a trait of it now.'
                    else 'Its action in seeds/segment_actions.csv changed.'
                end
            )
        end as reason
    from changes
)

select
    objective,
    segment_number,
    {{ is_sample_read() }} as is_sample,
    cast(change_number as int) as change_number,
    {{ built_at() }} as changed_at,
    segment_name,
    name_words,
    name_number,
    says_objective,
    name_traits,
    recommended_action,
    action_trait,
    coalesce(nullif(reason, ''), 'Other traits lead to the same name and action.')
        as reason
from reasons
{%- if is_incremental() %}
where
    (objective, segment_number, change_number) not in (
        select
            known_changes.objective,
            known_changes.segment_number,
            known_changes.change_number
        from {{ this }} as known_changes
        where known_changes.is_sample = {{ is_sample_read() }}
    )
{%- endif %}
