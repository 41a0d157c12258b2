-- A model sees users as they were when it was trained: its segments say less of others.
{{ config(severity='warn') }}
{%- set findings %}
select
    objective,
    feature,
    'Objective ' || objective || ': ' || label || ' has drifted since model version '
    || model_version || ' (stability index ' || round(stability_index, 2)
    || ', by chance ' || round(expected_index, 2) || '; rejected rows '
    || round(100 * training_rejected_share, 1) || '% then, '
    || round(100 * rejected_share, 1) || '% now). ' || action as finding
from {{ ref('feature_drift') }}
where role = 'basis' and band <> 'stable'
order by objective, feature
{%- endset %}
{%- do tell_findings(findings) %}
{{ findings }}
