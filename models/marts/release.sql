with user_sources as (
    {%- if has_profiles() %}
    select * from {{ ref('sources') }}
    where source = 'user_profiles'
    {%- else %}
    select
        {{ ordered_text('input', ', ', 'source') }} as input,
        {{ fingerprint_of(users_files()) }} as input_fingerprint,
        cast(sum(read_count) as bigint) as read_count,
        cast(sum(accepted_count) as bigint) as accepted_count,
        cast(sum(rejected_count) as bigint) as rejected_count
    from {{ ref('sources') }}
    where source in ({{ log_names() }})
    {%- endif %}
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
    user_sources.input,
    user_sources.input_fingerprint,
    user_sources.read_count,
    user_sources.accepted_count,
    user_sources.rejected_count,
    verdicts.verdicts
from user_sources
cross join verdicts
