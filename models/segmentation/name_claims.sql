with leading_traits as (
    select * from {{ ref('leading_traits') }}
),

-- The noun of the strongest trait, the adjectives of the others.
words as (
    select
        objective,
        segment_number,
        trait_rank,
        feature,
        direction,
        case when trait_rank = 1 then noun else adjective end as words
    from leading_traits
    where trait_rank <= 4
),

-- From short to long: each says one trait more than the one before.
candidates as (
    select
        objective,
        segment_number,
        {{ ordered_text('words', ', ', 'trait_rank', 'trait_rank <= 2') }} as first_2,
        {{ ordered_text('words', ', ', 'trait_rank', 'trait_rank <= 3') }} as first_3
    from words
    group by all
),

lengths as (
    select
        objective,
        segment_number,
        case
            when count(*) over (partition by objective, first_2) = 1 then 2
            when count(*) over (partition by objective, first_3) = 1 then 3
            else 4
        end as trait_count
    from candidates
)

select words.*
from words
inner join lengths
    on
        words.objective = lengths.objective
        and words.segment_number = lengths.segment_number
        and words.trait_rank <= lengths.trait_count
