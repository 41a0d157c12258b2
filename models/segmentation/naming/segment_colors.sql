with segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

segment_palette as (
    select * from {{ ref('segment_palette') }}
),

palette_size as (
    select count(*) as color_count from segment_palette
),

-- A number never means another segment, so that a colour by the number stays.
wishes as (
    select
        segment_sizes.objective,
        segment_sizes.segment_number,
        1 + (segment_sizes.segment_number - 1) % palette_size.color_count as position
    from segment_sizes
    cross join palette_size
),

ranked_wishes as (
    select
        *,
        row_number() over (
            partition by objective, position
            order by segment_number
        ) as wish_rank
    from wishes
),

granted_wishes as (
    select * from ranked_wishes
    where wish_rank = 1
),

-- Whose colour another has gets one that nobody has.
others as (
    select
        objective,
        segment_number,
        row_number() over (
            partition by objective
            order by segment_number
        ) as place
    from ranked_wishes
    where wish_rank > 1
),

free_colors as (
    select
        objectives.objective,
        segment_palette.position,
        row_number() over (
            partition by objectives.objective
            order by segment_palette.position
        ) as place
    from (select distinct objective from segment_sizes) as objectives
    cross join segment_palette
    left join granted_wishes
        on
            objectives.objective = granted_wishes.objective
            and segment_palette.position = granted_wishes.position
    where granted_wishes.position is null
),

positions as (
    select
        objective,
        segment_number,
        position
    from granted_wishes
    union all
    select
        others.objective,
        others.segment_number,
        free_colors.position
    from others
    inner join free_colors
        on
            others.objective = free_colors.objective
            and others.place = free_colors.place
)

select
    positions.objective,
    positions.segment_number,
    segment_palette.color
from positions
inner join segment_palette on positions.position = segment_palette.position
