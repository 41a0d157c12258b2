with release as (
    select * from {{ ref('release') }}
)

select
    cast(
        unnest(
            generate_series(date_trunc('year', built_at), built_at, interval 1 day)
        ) as date
    ) as date_day
from release
