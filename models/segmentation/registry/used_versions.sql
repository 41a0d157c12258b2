{{ config(materialized='view') }}

with segment_models as (
    select * from {{ ref('segment_models') }}
)

select
    objectives.objective,
    coalesce(objectives.pinned_version, max(segment_models.model_version))
        as model_version
from {{ ref('objectives') }} as objectives
-- An objective that is no longer configured keeps its models and scores nobody.
inner join segment_models on objectives.objective = segment_models.objective
group by objectives.objective, objectives.pinned_version
