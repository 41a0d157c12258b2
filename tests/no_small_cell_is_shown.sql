-- A few users with the same answer may be known by it; a share, an end of its interval
-- or an index tells their number too.
with cells as (
    select
        segment_key,
        answer,
        is_suppressed,
        user_count,
        coalesce(share, share_low, share_high, index) as other_number
    from {{ ref('segment_answers') }}
    union all
    select
        segment_key,
        interest as answer,
        is_suppressed,
        user_count,
        coalesce(share, share_low, share_high, index) as other_number
    from {{ ref('segment_interests') }}
)

select *
from cells
where
    (is_suppressed and coalesce(user_count, other_number) is not null)
    or (not is_suppressed and (user_count is null or other_number is null))
    or ({{ var('min_cell_size') }} > 1 and user_count < {{ var('min_cell_size') }})
