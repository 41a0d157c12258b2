-- How many rows of each source features are made of, and how many users gave each
-- answer. Bands are none: their edges move with the users.
with read_counts as (
    select * from {{ ref('stg_read_counts') }}
),

stored_counts as (
    select
        source,
        stored_count
    from {{ ref('user_log_matches') }}
    union all
    select
        'user_profiles' as source,
        count(*) as stored_count
    from {{ ref('stg_users') }}
),

segment_answer_counts as (
    select * from {{ ref('segment_answer_counts') }}
),

known_answers as (
    select * from {{ ref('known_answers') }}
),

-- Every objective has all users.
answer_counts as (
    select
        attribute,
        answer,
        sum(user_count) as user_count
    from segment_answer_counts
    where
        attribute not in (
            select list_items.attribute
            from {{ ref('stg_declared_list_items') }} as list_items
        )
        and attribute not in (
            select known_answers.attribute from known_answers
            where known_answers.is_band
        )
        and objective = (
            select min(all_counts.objective) from segment_answer_counts as all_counts
        )
    group by all
)

select
    'rows' as measure,
    read_counts.source as subject,
    cast(null as string) as answer,
    -- Events that are stored hide that their file is empty now.
    cast(
        case
            when read_counts.read_count > 0
                then coalesce(stored_counts.stored_count, 0)
            else 0
        end as bigint
    ) as row_count
from read_counts
left join stored_counts on read_counts.source = stored_counts.source
union all
select
    'answers' as measure,
    attribute as subject,
    answer,
    cast(user_count as bigint) as row_count
from answer_counts
