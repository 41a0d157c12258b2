with map_positions as (
    select * from {{ ref('map_positions') }}
),

training_matrix as (
    select * from {{ ref('training_matrix') }}
),

user_segments as (
    select * from {{ ref('user_segments') }}
),

segments as (
    select * from {{ ref('segments') }}
),

numbered_points as (
    select
        objective,
        point_kind,
        point_number,
        point_number as segment_number
    from map_positions
    where point_kind = 'centre'
    union all
    select
        map_positions.objective,
        map_positions.point_kind,
        map_positions.point_number,
        user_segments.segment_number
    from map_positions
    inner join training_matrix
        on
            map_positions.objective = training_matrix.objective
            and map_positions.point_number = training_matrix.sample_rank
    inner join user_segments
        on
            training_matrix.objective = user_segments.objective
            and training_matrix.user_id = user_segments.user_id
    where map_positions.point_kind = 'user'
)

select
    map_positions.objective,
    map_positions.point_kind,
    map_positions.point_number,
    segments.segment_key,
    segments.segment_name,
    map_positions.x,
    map_positions.y,
    map_positions.x_variance_share,
    map_positions.y_variance_share
from map_positions
inner join numbered_points
    on
        map_positions.objective = numbered_points.objective
        and map_positions.point_kind = numbered_points.point_kind
        and map_positions.point_number = numbered_points.point_number
inner join segments
    on
        numbered_points.objective = segments.objective
        and numbered_points.segment_number = segments.segment_number
