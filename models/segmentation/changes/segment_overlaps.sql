with user_segments as (
    select * from {{ ref('user_segments') }}
),

last_segments as (
    select * from {{ ref('last_segments') }}
),

used_versions as (
    {{ used_versions() | indent }}
),

told_versions as (
    {{ rows_of_last_build('lineage_events') | indent }}
),

-- What became of the segments is told once, of the users of that build.
new_versions as (
    select used_versions.*
    from used_versions
    anti join told_versions
        on
            used_versions.objective = told_versions.objective
            and used_versions.model_version = told_versions.model_version
),

pairs as (
    select
        coalesce(user_segments.objective, last_segments.objective) as objective,
        last_segments.segment_number as last_segment_number,
        user_segments.segment_number
    from user_segments
    full outer join last_segments
        on
            user_segments.objective = last_segments.objective
            and user_segments.user_id = last_segments.user_id
)

select
    new_versions.objective,
    new_versions.model_version,
    pairs.last_segment_number,
    pairs.segment_number,
    count(*) as user_count
from pairs
inner join new_versions on pairs.objective = new_versions.objective
group by all
