with segment_history as (
    select * from {{ ref('segment_history') }}
),

-- Who never left a segment only came: most users, in no need of a window over all.
movers as (
    select distinct
        objective,
        user_id
    from segment_history
    where valid_to is not null
),

stays as (
    select
        segment_history.*,
        lag(segment_history.segment_key) over user_stays as last_segment_key,
        lag(segment_history.valid_to) over user_stays as last_valid_to,
        lead(segment_history.valid_from) over user_stays as next_valid_from
    from segment_history
    semi join movers
        on
            segment_history.objective = movers.objective
            and segment_history.user_id = movers.user_id
    window user_stays as (
        partition by segment_history.objective, segment_history.user_id
        order by segment_history.valid_from
    )
),

moves as (
    select
        segment_history.objective,
        segment_history.valid_from as moved_at,
        null as from_segment_key,
        segment_history.segment_key as to_segment_key,
        'came' as cause
    from segment_history
    anti join movers
        on
            segment_history.objective = movers.objective
            and segment_history.user_id = movers.user_id
    union all
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

counted_moves as (
    select
        objective,
        moved_at,
        from_segment_key,
        to_segment_key,
        cause,
        count(*) as user_count
    from moves
    group by all
),

disclosed_moves as (
    select
        *,
        {{ is_hidden_in_line(
            'user_count',
            'objective, moved_at',
            "coalesce(from_segment_key, ''), coalesce(to_segment_key, ''), cause",
        ) | indent(8) }} as is_suppressed
    from counted_moves
),

-- Segments that are gone have the name that they had last; in one build it is the same
-- for all who come.
names as (
    select
        segment_key,
        max_by(segment_name, valid_from) as segment_name
    from segment_history
    group by all
)

select
    disclosed_moves.objective,
    disclosed_moves.moved_at,
    disclosed_moves.from_segment_key,
    from_names.segment_name as from_segment_name,
    disclosed_moves.to_segment_key,
    to_names.segment_name as to_segment_name,
    disclosed_moves.cause,
    case when not disclosed_moves.is_suppressed then disclosed_moves.user_count end
        as user_count
from disclosed_moves
left join names as from_names
    on disclosed_moves.from_segment_key = from_names.segment_key
left join names as to_names
    on disclosed_moves.to_segment_key = to_names.segment_key
