with user_profiles as (
    select * from {{ ref('stg_user_profiles') }}
),

segmentations as (
    select * from {{ ref('segmentations') }}
),

row_counts as (
    select
        count(*) as read_count,
        count(*) filter (where rejection_reasons is null) as accepted_count,
        count(rejection_reasons) as rejected_count
    from user_profiles
),

verdicts as (
    select
        {{ ordered_text(
            "objective || ': ' || verdict || ', ' || segment_count || ' segments.'",
            ' ', 'objective'
        ) }} as verdicts
    from segmentations
)

select
    '{{ release_id() }}' as release_id,
    {{ built_at() }} as built_at,
    '{{ escape_single_quotes(source_files('user_profiles')) }}' as input,
    {{ fingerprint_of(source_files('user_profiles')) }} as input_fingerprint,
    row_counts.read_count,
    row_counts.accepted_count,
    row_counts.rejected_count,
    verdicts.verdicts
from row_counts
cross join verdicts
