-- How many rows of each source features are made of, and how many users gave each
-- answer. Bands are none: their edges move with the users.
with sources as (
    select * from {{ ref('sources') }}
),

segment_answer_counts as (
    select * from {{ ref('segment_answer_counts') }}
),

protected_bands as (
    select * from {{ ref('protected_bands') }}
),

-- Every objective has all users.
answer_counts as (
    select
        attribute,
        answer,
        sum(user_count) as user_count
    from segment_answer_counts
    where
        attribute <> 'interest'
        and attribute not in (select protected_bands.attribute from protected_bands)
        and objective = (
            select min(all_counts.objective) from segment_answer_counts as all_counts
        )
    group by all
)

select
    'rows' as measure,
    source as subject,
    cast(null as string) as answer,
    -- Events that are stored hide that their file is empty now.
    cast(case when read_count > 0 then stored_count else 0 end as bigint) as row_count
from sources
union all
select
    'answers' as measure,
    attribute as subject,
    answer,
    cast(user_count as bigint) as row_count
from answer_counts
