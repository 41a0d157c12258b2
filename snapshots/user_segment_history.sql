{% snapshot user_segment_history %}
{{
    config(
        strategy='check',
        unique_key=['objective', 'user_id', 'is_sample'],
        check_cols=['segment_number'],
        hard_deletes='invalidate',
    )
}}

-- Which read it before:
-- depends_on: {{ ref('segment_overlaps') }}, {{ ref('input_changes') }}

select
    user_segments.objective,
    user_segments.user_id,
    {{ is_sample_read() }} as is_sample,
    user_segments.segment_number,
    user_segments.segment_key,
    segments.segment_name,
    user_segments.model_version,
    user_moves.cause
from {{ ref('user_segments') }} as user_segments
inner join {{ ref('segments') }} as segments
    on user_segments.segment_key = segments.segment_key
left join {{ ref('user_moves') }} as user_moves
    on
        user_segments.objective = user_moves.objective
        and user_segments.user_id = user_moves.user_id

{% endsnapshot %}
