with consents as (
    select * from {{ source('raw', 'consents') }}
),

cleaned as (
    select
        {{ number_as_read() }} as row_number,
        {{ clean_text('user_id') }} as user_id,
        {{ clean_text('decided_at') }} as decided_at_text,
        {{ clean_text('is_profiling_allowed') }} as is_profiling_allowed_text
    from consents
),

typed as (
    select
        *,
        {{ parse_time('decided_at_text') }} as decided_at,
        {{ parse_boolean('lower(is_profiling_allowed_text)') }} as is_profiling_allowed
    from cleaned
)

select
    row_number,
    user_id,
    is_profiling_allowed,
    is_profiling_allowed_text as decision_text,
    decided_at,
    decided_at_text,
    nullif(
        concat_ws(
            ', ',
            {{ missing_problem('user_id') }},
            {{ boolean_problem('is_profiling_allowed') }},
            {{ time_problem('decided_at') }}
        ),
        ''
    ) as problems
from typed
