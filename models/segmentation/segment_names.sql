with segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

name_claims as (
    select * from {{ ref('name_claims') }}
),

kept_names as (
    select * from {{ ref('kept_names') }}
),

taken_names as (
    select * from {{ ref('taken_names') }}
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
            and lower(new_names.name_words) = taken_names.name_words
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
        name_number
    from kept_names
    union all
    select
        objective,
        segment_number,
        name_words,
        name_number
    from numbers
)

select
    objective,
    segment_number,
    upper(left(name_words, 1))
    || substring(name_words, 2)
    || coalesce(' ' || name_number, '') as rule_name,
    name_words,
    cast(name_number as int) as name_number
from all_names
