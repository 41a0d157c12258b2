with profiles as (
    select * from {{ ref('sources') }}
    where source = 'user_profiles'
),

segmentations as (
    select * from {{ ref('segmentations') }}
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
    profiles.input,
    profiles.input_fingerprint,
    profiles.read_count,
    profiles.accepted_count,
    profiles.rejected_count,
    verdicts.verdicts
from profiles
cross join verdicts
