-- KMeans cuts any cloud into segments, and people believe what has a name.
{{ config(severity='error' if var('strict_verdict') else 'warn') }}

select
    objective,
    'Objective ' || objective || ': verdict none. ' || verdict_reason as finding
from {{ ref('segmentations') }}
where verdict = 'none'
order by objective
