-- An action for what is no feature would never be recommended.
select
    'seeds/segment_actions.csv, objective ' || actions.objective || ': '
    || actions.feature || ' is no feature of seeds/feature_catalog.csv.' as finding
from {{ ref('segment_actions') }} as actions
left join {{ ref('feature_catalog') }} as features on actions.feature = features.feature
where features.feature is null
order by finding
