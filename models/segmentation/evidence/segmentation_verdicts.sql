with segment_count_scores as (
    select * from {{ ref('segment_count_scores') }}
),

segment_validity as (
    select * from {{ ref('segment_validity') }}
),

feature_scales as (
    select * from {{ ref('feature_scales') }}
),

feature_peaks as (
    select * from {{ ref('feature_peaks') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

supported_counts as (
    select
        objective,
        segment_count as supported_segment_count
    from segment_count_scores
    where is_supported
),

judged_segments as (
    select
        objective,
        min(verdict) as verdict,
        min(jaccard) as worst_jaccard,
        max(border_density) as border_density
    from segment_validity
    group by all
),

features_with_several_peaks as (
    select
        feature_scales.objective,
        {{ ordered_text(
            'feature_catalog.label', ', ', 'feature_scales.feature',
            'feature_peaks.has_several_peaks'
        ) }} as features_with_several_peaks
    from feature_scales
    left join feature_peaks on feature_scales.feature = feature_peaks.feature
    inner join feature_catalog on feature_scales.feature = feature_catalog.feature
    group by all
),

evidence as (
    select
        segment_count_scores.objective,
        judged_segments.verdict,
        segment_count_scores.segment_count,
        supported_counts.supported_segment_count,
        segment_count_scores.reason as segment_count_reason,
        segment_count_scores.gain,
        segment_count_scores.p_value,
        segment_count_scores.copy_count,
        segment_count_scores.is_within_sources,
        judged_segments.worst_jaccard,
        segment_count_scores.prediction_strength,
        judged_segments.border_density,
        segment_count_scores.group_gain,
        segment_count_scores.group_p_value,
        segment_count_scores.group_copy_count,
        features_with_several_peaks.features_with_several_peaks
    from segment_count_scores
    inner join supported_counts
        on segment_count_scores.objective = supported_counts.objective
    inner join judged_segments
        on segment_count_scores.objective = judged_segments.objective
    inner join features_with_several_peaks
        on segment_count_scores.objective = features_with_several_peaks.objective
    where segment_count_scores.is_chosen
)

select
    *,
    case verdict
        when 'none'
            then
                'A convenience partition: shuffled data gives slices as tight, or '
                || 'nearly so.'
        when 'weak'
            then
                case
                    when worst_jaccard < 0.75
                        then
                            'The columns are related, but not all of these segments '
                            || 'are reproducible.'
                    else 'The columns are related, but by little.'
                end
        when 'moderate'
            then 'Reproducible slices, not shown to be separate groups.'
        when 'strong'
            then 'Separate, reproducible groups.'
    end
    || case
        when is_within_sources
            then
                ' Only columns of the same source are shown to go together.'
        else ''
    end
    || ' They are '
    || {{ rounded_down('(100 * abs(gain))', 1) }}
    || case
        when gain < 0 then '% looser' else '% tighter'
    end
    || ' than in shuffled copies, and '
    || cast(round(p_value * (1 + copy_count)) - 1 as integer)
    || ' of '
    || copy_count
    || ' copies are as tight (asked for: 2%, for more than weak 5%, and 0 of 99'
    -- One copy decides, and no more are made.
    || case when copy_count < 99 then '; the test stopped early' else '' end
    || '). The least stable segment comes back with a Jaccard of '
    || {{ rounded_down('worst_jaccard', 2) }}
    || ' (asked for: 0.75). Halves of the users predict each other''s segments with a '
    || 'strength of '
    || {{ rounded_down('prediction_strength', 2) }}
    || ' (asked of separate groups: 0.8). The fullest border is '
    || {{ rounded_up('border_density', 2) }}
    || ' times as full as the centres beside it (asked of separate groups: 0.5). '
    || 'Beside copies whose columns go together as these do, but that have no groups, '
    || 'they are '
    || {{ rounded_down('(100 * abs(group_gain))', 1) }}
    || case when group_gain < 0 then '% looser' else '% tighter' end
    || ', and '
    || cast(round(group_p_value * (1 + group_copy_count)) - 1 as integer)
    || ' of '
    || group_copy_count
    || ' are as tight (asked of separate groups: 5% and 0 of 49).'
    || coalesce(
        ' Shuffled copies cannot show groups along a single column, and there is more '
        || 'than one peak in '
        || features_with_several_peaks
        || '.',
        ''
    ) as verdict_reason
from evidence
