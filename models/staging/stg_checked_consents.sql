with consents as (
    select * from {{ source('raw', 'consents') }}
),

cleaned as (
    select
        {{ number_as_read() }} as row_number,
        {{ clean_text('user_id') }} as user_id,
        {{ clean_text('decided_at') }} as decided_at_text,
        {{ clean_text('is_profiling_allowed') }} as is_profiling_allowed_text,
        -- The whole row as one value.
        {{ whole_row('consents') }} as raw_consent
    from consents
),

typed as (
    select
        *,
        {{ parse_time('decided_at_text') }} as decided_at,
        {{ parse_boolean('lower(is_profiling_allowed_text)') }} as is_profiling_allowed
    from cleaned
),

checked as (
    select
        *,
        {{ time_problem('decided_at') }} as time_problem
    from typed
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
            -- An objection holds whenever it was made.
            case when decided_at is null then time_problem end
        ),
        ''
    ) as problems,
    case when decided_at is not null then time_problem end as time_doubt,
    case when is_profiling_allowed and decided_at is not null then time_problem end
        as rejection_reasons,
    {{ json_of('raw_consent') }} as raw_row
from checked
