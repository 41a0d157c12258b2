-- The joins of the mart would drop, without a word, an objective that has no model or
-- a segment that has no user.
select objectives.objective
from {{ ref('objectives') }} as objectives
left join {{ ref('segmentations') }} as segmentations
    on objectives.objective = segmentations.objective
where segmentations.objective is null
