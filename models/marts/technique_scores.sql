with compared_techniques as (
    select * from {{ ref('compared_techniques') }}
),

segmentations as (
    select * from {{ ref('segmentations') }}
)

select
    compared_techniques.objective,
    compared_techniques.technique,
    compared_techniques.is_used,
    compared_techniques.segment_count,
    compared_techniques.agreement,
    compared_techniques.worst_jaccard,
    compared_techniques.gain,
    compared_techniques.p_value,
    compared_techniques.border_density,
    compared_techniques.smallest_share,
    segmentations.outcome,
    compared_techniques.outcome_variance_explained,
    -- Evidence that stands beside is not enough for a verdict.
    case when compared_techniques.is_used then segmentations.verdict end as verdict
from compared_techniques
inner join segmentations
    on compared_techniques.objective = segmentations.objective
