with rejected_rows as (
    select
        source,
        count(*) as rejected_count
    from {{ ref('stg_rejected_rows') }}
    group by all
),

user_identities as (
    select * from {{ ref('stg_user_identities') }}
),

observed_period as (
    select * from {{ ref('stg_observed_period') }}
),

-- As few rows as tell whose events they are.
logged_events as (
    select
        daily_sessions.logged_user_id,
        sum(daily_sessions.event_count) as row_count
    from {{ ref('user_daily_sessions') }} as daily_sessions
    inner join observed_period
        on
            daily_sessions.event_date
            between observed_period.first_event_date
            and {{ last_accepted_day('observed_period.last_event_date') }}
    group by all
),

logged_transactions as (
    select
        user_id as logged_user_id,
        count(*) as row_count
    from {{ ref('stg_transactions') }}
    group by all
),

-- An alias of nobody, and a decision of nobody, are of no use to anybody.
aliases as (
    select
        alias as logged_user_id,
        count(*) as row_count
    from {{ ref('stg_user_aliases') }}
    group by all
),

decisions as (
    select
        user_id as logged_user_id,
        count(*) as row_count
    from {{ ref('stg_checked_consents') }}
    where rejection_reasons is null
    group by all
),

logged_rows as (
    select
        'events' as source,
        *
    from logged_events
    union all
    select
        'transactions' as source,
        *
    from logged_transactions
    union all
    select
        'user_aliases' as source,
        *
    from aliases
    union all
    select
        'consents' as source,
        *
    from decisions
),

stored_rows as (
    select
        logged_rows.source,
        sum(logged_rows.row_count) as stored_count,
        sum(logged_rows.row_count) filter (where user_identities.user_id is null)
            as unknown_user_row_count,
        count(*) filter (where user_identities.user_id is null) as unknown_user_count
    from logged_rows
    left join user_identities
        on logged_rows.logged_user_id = user_identities.logged_user_id
    group by all
    union all
    select
        'user_profiles' as source,
        count(*) as stored_count,
        0 as unknown_user_row_count,
        0 as unknown_user_count
    from {{ ref('stg_users') }}
),

rows_read as (
    select * from {{ ref('stg_read_counts') }}
),

log_days as (
    {%- for source in ['events', 'transactions'] %}
    {%- set log = source[:-1] %}
    select
        '{{ source }}' as source,
        first_{{ log }}_date as first_date,
        last_{{ log }}_date as last_date,
        {{ source }}_ended_on is not null as has_ended
    from observed_period
    {{- ' union all' if not loop.last }}
    {%- endfor %}
),

files (source, input, input_fingerprint) as (
    values
    {%- for source in [
        'user_profiles', 'events', 'transactions', 'user_aliases', 'consents',
    ] %}
    {%- set input = source_files(source) %}
    (
        '{{ source }}',
        '{{ escape_single_quotes(input) }}',
        {{ fingerprint_of(input) if input else 'null' }}
    ){{ ',' if not loop.last }}
    {%- endfor %}
)

select
    files.source,
    nullif(files.input, '') as input,
    files.input_fingerprint,
    rows_read.read_count,
    rows_read.read_count - coalesce(rejected_rows.rejected_count, 0) as accepted_count,
    coalesce(rejected_rows.rejected_count, 0) as rejected_count,
    cast(coalesce(stored_rows.stored_count, 0) as bigint) as stored_count,
    cast(coalesce(stored_rows.unknown_user_row_count, 0) as bigint)
        as unknown_user_row_count,
    coalesce(stored_rows.unknown_user_count, 0) as unknown_user_count,
    log_days.first_date,
    log_days.last_date,
    log_days.has_ended
from files
inner join rows_read on files.source = rows_read.source
left join rejected_rows on files.source = rejected_rows.source
left join stored_rows on files.source = stored_rows.source
left join log_days on files.source = log_days.source
