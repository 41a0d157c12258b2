{%- set replaced = replaced_model_rows() -%}
{%- set objectives = replaced | map(attribute='objective') | unique | list -%}
{%- set replacing = current_model_rows() | selectattr('objective', 'in', objectives)
    | list -%}

with moved_users as (
    select
        user_segments.objective,
        user_segments.user_id,
        last_segments.segment_number as last_segment_number,
        user_segments.segment_number
    from {{ ref('user_segments') }} as user_segments
    inner join {{ ref('last_segments') }} as last_segments
        on
            user_segments.objective = last_segments.objective
            and user_segments.user_id = last_segments.user_id
    where user_segments.segment_number <> last_segments.segment_number
),

-- Users as they are now, seen by the model before.
placed_by_last_model as (
    {{ placements(replaced, ref('user_features')) }}
),

-- Users as they were in the last build, seen by the model of today.
placed_as_last_seen as (
    {{ placements(replacing, left_by_last_build('last_features')) }}
),

replaced_objectives as (
    select distinct objective
    from {{ ref('model_registry') }}
    where is_replaced
),

reasons as (
    select
        moved_users.*,
        replaced_objectives.objective is not null as has_other_model,
        coalesce(
            placed_by_last_model.segment_number <> moved_users.last_segment_number,
            false
        ) as does_user_move,
        -- A model that sees users by what was not known of them is a cause by itself.
        coalesce(
            placed_as_last_seen.segment_number <> moved_users.last_segment_number,
            true
        ) as does_model_move
    from moved_users
    left join replaced_objectives
        on moved_users.objective = replaced_objectives.objective
    left join placed_by_last_model
        on
            moved_users.objective = placed_by_last_model.objective
            and moved_users.user_id = placed_by_last_model.user_id
    left join placed_as_last_seen
        on
            moved_users.objective = placed_as_last_seen.objective
            and moved_users.user_id = placed_as_last_seen.user_id
)

select
    objective,
    user_id,
    last_segment_number,
    segment_number,
    case
        when not has_other_model then 'user'
        when does_user_move and not does_model_move then 'user'
        when does_model_move and not does_user_move then 'model'
        else 'both'
    end as cause
from reasons
