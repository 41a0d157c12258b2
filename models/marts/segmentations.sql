with objectives as (
    select * from {{ ref('objectives') }}
),

segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

segmentation_verdicts as (
    select * from {{ ref('segmentation_verdicts') }}
),

segment_statistics as (
    select * from {{ ref('segment_statistics') }}
),

sizes as (
    select
        objective,
        model_version,
        count(*) as segment_count,
        cast(sum(user_count) as bigint) as user_count,
        min(user_share) as smallest_segment_share,
        max(user_share) as largest_segment_share
    from segment_sizes
    group by all
),

-- Eta squared: squared differences from the mean of all users, weighed by how many
-- users the outcome is known of. They are in standard deviations, so that the variance
-- of all users is 1.
outcomes as (
    select
        objectives.objective,
        -- Where segments explain all of it, rounding would explain a little more.
        case
            when not {{ is_hidden('sum(segment_statistics.user_count)') }}
                then
                    least(
                        {{ exact_sum(
                            'segment_statistics.user_count'
                            ~ ' * pow(segment_statistics.standardised_difference, 2)'
                        ) }} / nullif(sum(segment_statistics.user_count), 0),
                        1
                    )
        end as outcome_variance_explained
    from objectives
    inner join segment_statistics
        on
            objectives.objective = segment_statistics.objective
            and objectives.outcome = segment_statistics.feature
    group by all
)

select
    sizes.objective,
    segmentation_verdicts.verdict,
    segmentation_verdicts.verdict_reason,
    sizes.segment_count,
    segmentation_verdicts.segment_count_reason,
    segmentation_verdicts.supported_segment_count,
    segmentation_verdicts.worst_jaccard,
    segmentation_verdicts.prediction_strength,
    segmentation_verdicts.gain,
    segmentation_verdicts.p_value,
    segmentation_verdicts.copy_count,
    segmentation_verdicts.is_within_sources,
    segmentation_verdicts.group_gain,
    segmentation_verdicts.group_p_value,
    segmentation_verdicts.group_copy_count,
    segmentation_verdicts.border_density,
    segmentation_verdicts.features_with_several_peaks,
    objectives.technique,
    sizes.model_version,
    sizes.user_count,
    sizes.smallest_segment_share,
    sizes.largest_segment_share,
    objectives.outcome,
    outcomes.outcome_variance_explained
from sizes
inner join objectives on sizes.objective = objectives.objective
left join outcomes on sizes.objective = outcomes.objective
inner join segmentation_verdicts on sizes.objective = segmentation_verdicts.objective
