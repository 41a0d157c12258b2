with events as (
    select * from {{ source('raw', 'events') }}
),

cleaned as (
    select
        {{ number_as_read() }} as row_number,
        {{ clean_text('event_id') }} as event_id,
        {{ clean_text('user_id') }} as user_id,
        {{ clean_text('occurred_at') }} as occurred_at_text,
        {{ clean_text('event_type') }} as event_type,
        {{ clean_text('session_id') }} as session_id,
        {{ clean_text('device') }} as device,
        lower({{ clean_text('channel') }}) as channel,
        value as value_text,
        -- The whole row as one value.
        {{ whole_row('events') }} as raw_event
    from events
),

typed as (
    select
        *,
        {{ parse_time('occurred_at_text') }} as occurred_at,
        {{ parse_number('value_text') }} as value
    from cleaned
),

checked as (
    select
        *,
        nullif(
            concat_ws(
                ', ',
                {{ missing_problem('event_id') }},
                {{ missing_problem('user_id') }},
                {{ time_problem('occurred_at') }},
                {{ missing_problem('event_type') }},
                case
                    when channel is null then 'channel_missing'
                    when channel not in ('web', 'app', 'social') then 'channel_unknown'
                end,
                case
                    when
                        not coalesce({{ is_finite('value') }}, false)
                        and {{ clean_text('value_text') }} is not null
                        then 'value_not_a_number'
                    when {{ double_loses_digits('value_text', 'value') }}
                        then 'value_too_precise'
                end
            ),
            ''
        ) as rejection_reasons
    from typed
)

select
    row_number,
    event_id,
    user_id,
    occurred_at,
    event_type,
    session_id,
    device,
    channel,
    value,
    rejection_reasons,
    raw_event
from checked
