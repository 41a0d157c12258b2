-- An action for what is no feature would never be recommended.
select
    'seeds/segment_actions.csv, objective ' || actions.objective || ': '
    || actions.feature || ' is no feature of feature_catalog.' as finding
from {{ ref('segment_actions') }} as actions
-- Actions for what users are not segmented for now wait for it.
inner join {{ ref('objectives') }} as objectives
    on actions.objective = objectives.objective
left join {{ ref('feature_catalog') }} as features on actions.feature = features.feature
where features.feature is null
order by finding
