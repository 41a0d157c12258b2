-- Two marts tell how much of its outcome a segmentation explains: where the sample is
-- all users, the same, or one of them is wrong.
select
    segmentations.objective,
    segmentations.outcome,
    segmentations.outcome_variance_explained,
    segment_outcomes.variance_explained
from {{ ref('segmentations') }} as segmentations
left join {{ ref('segment_outcomes') }} as segment_outcomes
    on
        segmentations.objective = segment_outcomes.objective
        and segmentations.outcome = segment_outcomes.outcome
        and segment_outcomes.grouping = 'segments'
where
    (segmentations.outcome is not null and segment_outcomes.objective is null)
    or (
        segment_outcomes.user_count = segmentations.user_count
        and abs(
            segment_outcomes.variance_explained
            - segmentations.outcome_variance_explained
        ) > 1e-9
    )
