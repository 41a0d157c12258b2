-- A row that is neither accepted nor rejected is lost without a word. Events of an
-- earlier build are stored and not read again: counted are those that were read.
{% set far_problem = far_time_problem(
    'occurred_at', 'event_period.first_event_date', 'event_period.last_event_date'
) -%}
with stored_events as (
    select
        events.event_id,
        {{ event_content() }} as content
    from {{ ref('stg_events') }} as events
    cross join {{ ref('stg_event_period') }} as event_period
    where {{ far_problem }} is null
),

valid_events as (
    select
        event_id,
        {{ event_content() }} as content
    from {{ ref('stg_checked_events') }}
    where rejection_reasons is null
),

rows_read as (
    select
        'user_profiles' as source,
        count(*) as row_count
    from {{ raw_user_profiles() }}
    union all
    select
        'events' as source,
        count(*) as row_count
    from {{ source('raw', 'events') }}
    union all
    select
        'transactions' as source,
        count(*) as row_count
    from {{ source('raw', 'transactions') }}
    union all
    select
        'consents' as source,
        count(*) as row_count
    from {{ source('raw', 'consents') }}
),

rows_accepted as (
    select
        'user_profiles' as source,
        count(*) as row_count
    from {{ ref('stg_users') }}
    union all
    select
        'events' as source,
        count(*) as row_count
    from stored_events
    semi join valid_events
        on
            stored_events.event_id = valid_events.event_id
            and stored_events.content = valid_events.content
    union all
    select
        'transactions' as source,
        count(*) as row_count
    from {{ ref('stg_transactions') }}
    union all
    select
        'consents' as source,
        count(*) as row_count
    from {{ ref('stg_checked_consents') }}
    where problems is null and rejection_reasons is null
),

rows_rejected as (
    select
        source,
        count(*) as row_count
    from {{ ref('stg_rejected_rows') }}
    group by all
)

select
    rows_read.source,
    rows_read.row_count as read_count,
    rows_accepted.row_count as accepted_count,
    coalesce(rows_rejected.row_count, 0) as rejected_count
from rows_read
inner join rows_accepted on rows_read.source = rows_accepted.source
left join rows_rejected on rows_read.source = rows_rejected.source
where
    rows_read.row_count
    <> rows_accepted.row_count + coalesce(rows_rejected.row_count, 0)
