with segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

name_claims as (
    select * from {{ ref('name_claims') }}
),

kept_names as (
    select * from {{ ref('taken_names') }}
    where is_kept
),

taken_names as (
    select * from {{ ref('taken_names') }}
),

objectives as (
    select * from {{ ref('objectives') }}
),

names as (
    select
        segment_sizes.objective,
        segment_sizes.segment_number,
        {{ name_words() }} as name_words
    from segment_sizes
    left join name_claims
        on
            segment_sizes.objective = name_claims.objective
            and segment_sizes.segment_number = name_claims.segment_number
    group by segment_sizes.objective, segment_sizes.segment_number
),

new_names as (
    select names.*
    from names
    anti join kept_names
        on
            names.objective = kept_names.objective
            and names.segment_number = kept_names.segment_number
),

-- The highest number with which others have the name; without one it is the first.
taken_numbers as (
    select
        new_names.objective,
        new_names.segment_number,
        max(coalesce(taken_names.name_number, 1)) as highest_number
    from new_names
    inner join taken_names
        on
            new_names.objective = taken_names.objective
            and new_names.segment_number <> taken_names.segment_number
            and lower(new_names.name_words) = lower(taken_names.name_words)
    group by all
),

-- Where words do not tell segments apart, a number does.
numbers as (
    select
        new_names.*,
        case
            when
                taken_numbers.highest_number is not null
                or count(*) over (
                    partition by new_names.objective, new_names.name_words
                ) > 1
                then
                    coalesce(
                        max(taken_numbers.highest_number) over (
                            partition by new_names.objective, new_names.name_words
                        ),
                        0
                    )
                    + row_number() over (
                        partition by new_names.objective, new_names.name_words
                        order by new_names.segment_number
                    )
        end as name_number
    from new_names
    left join taken_numbers
        on
            new_names.objective = taken_numbers.objective
            and new_names.segment_number = taken_numbers.segment_number
),

all_names as (
    select
        objective,
        segment_number,
        name_words,
        name_number,
        says_objective,
        true as is_kept
    from kept_names
    union all
    select
        objective,
        segment_number,
        name_words,
        name_number,
        false as says_objective,
        false as is_kept
    from numbers
),

names_of_objectives as (
    select
        all_names.*,
        lower(all_names.name_words) as plain_words,
        -- One objective has the words alone: that which has had them, or the first.
        first_value(all_names.objective) over (
            partition by lower(all_names.name_words)
            order by
                (all_names.is_kept and not all_names.says_objective) desc,
                objectives.objective_number asc
        ) as first_objective
    from all_names
    inner join objectives on all_names.objective = objectives.objective
),

words_of_other_objectives as (
    select distinct
        names_of_objectives.objective,
        names_of_objectives.plain_words
    from names_of_objectives
    inner join taken_names
        on
            names_of_objectives.objective <> taken_names.objective
            and names_of_objectives.plain_words = lower(taken_names.name_words)
    -- What is segmented for no longer has no names that people see.
    semi join objectives on taken_names.objective = objectives.objective
),

told_names as (
    select
        names_of_objectives.objective,
        names_of_objectives.segment_number,
        names_of_objectives.name_words,
        cast(names_of_objectives.name_number as int) as name_number,
        names_of_objectives.says_objective
        or names_of_objectives.objective <> names_of_objectives.first_objective
        or (
            not names_of_objectives.is_kept
            and words_of_other_objectives.objective is not null
        ) as says_objective
    from names_of_objectives
    left join words_of_other_objectives
        on
            names_of_objectives.objective = words_of_other_objectives.objective
            and names_of_objectives.plain_words = words_of_other_objectives.plain_words
)

select
    objective,
    segment_number,
    {{ rule_name() }} as rule_name,
    name_words,
    name_number,
    says_objective
from told_names
