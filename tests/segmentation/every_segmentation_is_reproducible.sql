-- Segments that other users of the same kind would not have given are no one's.
{{ config(severity='warn') }}
{%- set findings %}
select
    objective,
    'Objective ' || objective || ': verdict weak. ' || verdict_reason as finding
from {{ ref('segmentations') }}
where verdict = 'weak'
order by objective
{%- endset %}
{%- do tell_findings(findings) %}
{{ findings }}
