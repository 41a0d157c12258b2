-- Segments that other users of the same kind would not have given are no one's.
{{ config(severity='warn') }}

select
    objective,
    'Objective ' || objective || ': verdict weak. ' || verdict_reason as finding
from {{ ref('segmentations') }}
where verdict = 'weak'
order by objective
