with segment_history as (
    select * from {{ ref('segment_history') }}
),

stays as (
    select
        *,
        lag(segment_key) over user_stays as last_segment_key,
        lag(valid_to) over user_stays as last_valid_to,
        lead(valid_from) over user_stays as next_valid_from
    from segment_history
    window user_stays as (partition by objective, user_id order by valid_from)
),

moves as (
    select
        objective,
        valid_from as moved_at,
        case when last_valid_to = valid_from then last_segment_key end
            as from_segment_key,
        segment_key as to_segment_key,
        case when last_valid_to = valid_from then cause else 'came' end as cause
    from stays
    union all
    select
        objective,
        valid_to as moved_at,
        segment_key as from_segment_key,
        null as to_segment_key,
        'left' as cause
    from stays
    where valid_to is not null and next_valid_from is distinct from valid_to
),

-- Segments that are gone have the name that they had last.
names as (
    select
        segment_key,
        max_by(segment_name, (valid_from, user_id)) as segment_name
    from segment_history
    group by all
)

select
    moves.objective,
    moves.moved_at,
    moves.from_segment_key,
    from_names.segment_name as from_segment_name,
    moves.to_segment_key,
    to_names.segment_name as to_segment_name,
    moves.cause,
    count(*) as user_count
from moves
left join names as from_names on moves.from_segment_key = from_names.segment_key
left join names as to_names on moves.to_segment_key = to_names.segment_key
group by all
