-- Features of a log that has ended are of the time until then, and may be old.
{{ config(severity='warn') }}

select
    sources.source,
    'The ' || sources.source || ' end on ' || sources.last_date || ', '
    || {{ days_between('sources.last_date', 'observed_period.as_of_date') }}
    || ' days before another log, a longer silence than is usual in them: their '
    || 'windows end there. Give newer ones if there are any.' as finding
from {{ ref('sources') }} as sources
cross join {{ ref('stg_observed_period') }} as observed_period
where sources.has_ended
order by sources.source
