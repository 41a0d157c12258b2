-- A model sees users as they were when it was trained: its segments say less of others.
{{ config(severity='warn') }}

select
    objective,
    feature,
    'Objective ' || objective || ': ' || label
    || case
        -- Known of nobody, then or now: its action says so.
        when stability_index is null then ''
        when excess_index >= least(0.1, {{ var('max_feature_drift') }})
            then
                ' has drifted since model version ' || model_version
                || ' (stability index ' || round(stability_index, 2) || ', by chance '
                || round(expected_index, 2) || ')'
        else
            ' has more rejected rows than when model version ' || model_version
            || ' was first used (' || round(100 * training_rejected_share, 1)
            || '% then, ' || round(100 * rejected_share, 1) || '% now)'
    end
    || '. ' || action as finding
from {{ ref('feature_drift') }}
where role = 'basis' and band <> 'stable'
order by objective, feature
