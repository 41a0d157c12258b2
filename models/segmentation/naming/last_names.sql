{#- What is chosen in this build is chosen from it. -#}
with naming_history as (
    {{ rows_of_last_build('naming_history') | indent }}
),

namings as (
    select
        *,
        row_number() over (
            partition by objective, segment_number
            order by change_number desc
        ) = 1 as is_held,
        max(change_number) over (partition by objective, segment_number)
            as newest_change_number,
        lead(changed_at) over (
            partition by objective, segment_number
            order by change_number
        ) as held_until
    from naming_history
    -- The users of the shipped sample are other people than anybody else's.
    where is_sample = {{ is_sample_read() }}
),

-- Without the times when a segment had no users, and no name.
names as (
    select
        *,
        row_number() over (
            partition by objective, segment_number
            order by change_number desc
        ) = 1 as is_newest
    from namings
    where name_words is not null
)

select
    objective,
    segment_number,
    change_number,
    segment_name,
    name_words,
    name_number,
    -- Names of versions before this one did not.
    coalesce(says_objective, false) as says_objective,
    name_traits,
    recommended_action,
    action_trait,
    held_until,
    is_held,
    is_newest,
    newest_change_number,
    -- A segment that comes back may find its name with another one.
    is_newest
    and row_number() over (
        partition by objective, is_newest, name_words, name_number
        order by coalesce(held_until, {{ built_at() }}) desc, segment_number asc
    ) = 1 as may_stay
from names
