with segment_count_scores as (
    select * from {{ ref('segment_count_scores') }}
)

select
    objective,
    segment_count,
    worst_jaccard,
    prediction_strength,
    gain,
    p_value,
    border_density,
    silhouette,
    smallest_share,
    is_supported,
    is_chosen,
    reason
from segment_count_scores
