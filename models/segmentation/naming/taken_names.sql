{%- set rest_days = distinctive_limits().name_rest_days -%}

with last_names as (
    select * from {{ ref('last_names') }}
),

segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

remembered_traits as (
    select * from {{ ref('remembered_traits') }}
    where part = 'name' and problem is null
),

leading_traits as (
    select * from {{ ref('leading_traits') }}
    where may_name
),

-- What the traits that still hold make of it, in the words of today.
names_now as (
    select
        last_names.objective,
        last_names.segment_number,
        last_names.name_words as last_words,
        last_names.name_number,
        last_names.says_objective,
        {{ name_words() }} as name_words
    from last_names
    inner join segment_sizes
        on
            last_names.objective = segment_sizes.objective
            and last_names.segment_number = segment_sizes.segment_number
    left join remembered_traits
        on
            last_names.objective = remembered_traits.objective
            and last_names.segment_number = remembered_traits.segment_number
    where last_names.may_stay
    group by all
),

kept_names as (
    select names_now.*
    from names_now
    -- Whom nothing set apart has no name to keep once something does.
    anti join leading_traits
        on
            names_now.objective = leading_traits.objective
            and names_now.segment_number = leading_traits.segment_number
            and names_now.name_words = 'other users'
    where names_now.name_words = names_now.last_words
),

resting_names as (
    select *
    from last_names
    where
        coalesce({{ days_between('held_until', built_at()) }}, 0) < {{ rest_days }}
)

select
    objective,
    segment_number,
    name_words,
    name_number,
    says_objective,
    true as is_kept
from kept_names
union
select
    objective,
    segment_number,
    name_words,
    name_number,
    cast(null as boolean) as says_objective,
    false as is_kept
from resting_names
union
-- An alias, too, is a name that people know.
select
    objective,
    segment_number,
    segment_name as name_words,
    cast(null as int) as name_number,
    cast(null as boolean) as says_objective,
    false as is_kept
from resting_names
