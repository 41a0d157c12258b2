with rejected_rows as (
    select
        source,
        count(*) as rejected_count
    from {{ ref('stg_rejected_rows') }}
    group by all
),

log_matches as (
    select * from {{ ref('user_log_matches') }}
),

user_identities as (
    select * from {{ ref('stg_user_identities') }}
),

observed_period as (
    select * from {{ ref('stg_observed_period') }}
),

-- The days that user_activity looks at.
observed_sessions as (
    select daily_sessions.*
    from {{ ref('user_daily_sessions') }} as daily_sessions
    inner join observed_period
        on
            daily_sessions.event_date
            between observed_period.first_event_date
            and least(observed_period.as_of_date, observed_period.events_ended_on)
),

outside_sessions as (
    select sum(event_count) as row_count
    from observed_sessions
    where not {{ is_session('session_id') }}
),

-- As user_activity counts them, for users with a profile.
cut_sessions as (
    select count(*) as session_count
    from (
        select
            user_identities.user_id,
            observed_sessions.session_id
        from observed_sessions
        inner join user_identities
            on observed_sessions.logged_user_id = user_identities.logged_user_id
        where {{ is_session('observed_sessions.session_id') }}
        group by all
        having
            {{ microseconds_between(
                'min(observed_sessions.first_event_at)',
                'max(observed_sessions.last_event_at)'
            ) }} > {{ longest_session() }}
    ) as long_sessions
),

profiles as (
    select count(*) as stored_count
    from {{ ref('stg_users') }}
),

stored_rows as (
    select
        source,
        stored_count,
        unknown_user_row_count,
        unknown_user_count
    from log_matches
    union all
    select
        'user_profiles' as source,
        stored_count,
        0 as unknown_user_row_count,
        0 as unknown_user_count
    from profiles
),

rows_read as (
    select * from {{ ref('stg_read_counts') }}
),

log_days as (
    {%- for name, models in sources_read().items() if models.log %}
    {{- ' union all' if not loop.first }}
    select
        '{{ name }}' as source,
        first_{{ models.log }}_date as first_date,
        last_{{ models.log }}_date as last_date,
        {{ models.log }}s_ended_on is not null as has_ended
    from observed_period
    {%- endfor %}
),

files (source, input, input_fingerprint) as (
    values
    {%- for source in sources_read() %}
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
    coalesce(stored_rows.stored_count, 0) as stored_count,
    coalesce(stored_rows.unknown_user_row_count, 0) as unknown_user_row_count,
    coalesce(stored_rows.unknown_user_count, 0) as unknown_user_count,
    log_days.first_date,
    log_days.last_date,
    log_days.has_ended,
    case
        when files.source = 'events'
            then cast(coalesce(outside_sessions.row_count, 0) as bigint)
    end as sessionless_row_count,
    case when files.source = 'events' then cut_sessions.session_count end
        as cut_session_count
from files
cross join outside_sessions
cross join cut_sessions
inner join rows_read on files.source = rows_read.source
left join rejected_rows on files.source = rejected_rows.source
left join stored_rows on files.source = stored_rows.source
left join log_days on files.source = log_days.source
