with release as (
    select * from {{ ref('release') }}
),

days as (
    select {{ each_of(days_from("date_trunc('year', built_at)", 'built_at')) }} as day
    from release
)

select cast(day as date) as date_day
from days
