-- Segments that other users of the same kind would not have given are no one's.
{{ config(severity='warn') }}
{%- do tell_verdict('weak') %}

select
    objective,
    verdict_reason
from {{ ref('segmentations') }}
where verdict = 'weak'
