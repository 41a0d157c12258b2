-- KMeans cuts any cloud into segments, and people believe what has a name.
{{ config(severity='error' if var('strict_verdict') else 'warn') }}
{%- do tell_verdict('none') %}

select
    objective,
    verdict_reason
from {{ ref('segmentations') }}
where verdict = 'none'
