{{ config(materialized='table') }}

{%- set place = 'profiles' if has_profiles() else 'logs' -%}
{%- set lacking = 'have no profile' if has_profiles() else 'are in no log' %}

with users as (
    select * from {{ ref('stg_users') }}
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

logged_rows as (
    select
        'events' as source,
        *
    from logged_events
    {%- for name, models in sources_read().items()
        if name not in ['user_profiles', 'events'] %}
    union all
    select
        '{{ name }}' as source,
        {{ 'alias' if name == 'user_aliases' else 'user_id' }} as logged_user_id,
        count(*) as row_count
    from {{ ref(models.accepted or models.checked) }}
    {%- if not models.accepted %}
    where rejection_reasons is null
    {%- endif %}
    group by all
    {%- endfor %}
),

matched_rows as (
    select
        logged_rows.source,
        logged_rows.logged_user_id,
        logged_rows.row_count,
        user_identities.user_id is not null as is_known
    from logged_rows
    left join user_identities
        on logged_rows.logged_user_id = user_identities.logged_user_id
),

counted_rows as (
    select
        source,
        sum(row_count) as stored_count,
        coalesce(sum(row_count) filter (where not is_known), 0)
            as unknown_user_row_count,
        count(*) filter (where is_known) as known_user_count,
        count(*) filter (where not is_known) as unknown_user_count,
        min(logged_user_id) filter (where not is_known) as unknown_user_id
    from matched_rows
    group by all
),

-- Of a log that has millions of visitors some, whatever they are called.
asked_users as (
    select
        matched_rows.source,
        matched_rows.logged_user_id,
        {{ folded_identifier('matched_rows.logged_user_id') }} as folded_id
    from matched_rows
    inner join counted_rows on matched_rows.source = counted_rows.source
    where
        not matched_rows.is_known
        and counted_rows.unknown_user_row_count > 0.5 * counted_rows.stored_count
    qualify
        row_number() over (
            partition by matched_rows.source order by md5(matched_rows.logged_user_id)
        ) <= 100
),

folded_identities as (
    select
        logged_user_id,
        case when logged_user_id = user_id then '{{ place }}' else 'aliases' end
            as place,
        {{ folded_identifier('logged_user_id') }} as folded_id
    from user_identities
),

similar_users as (
    select
        asked_users.source,
        asked_users.logged_user_id,
        folded_identities.logged_user_id as known_id,
        folded_identities.place
    from asked_users
    inner join folded_identities
        on asked_users.folded_id = folded_identities.folded_id
    qualify row_number() over (
        partition by asked_users.source
        order by asked_users.logged_user_id, folded_identities.logged_user_id
    ) = 1
),

any_user as (
    select min(user_id) as user_id
    from users
),

findings as (
    select
        counted_rows.*,
        case
            when counted_rows.unknown_user_row_count > 0.5 * counted_rows.stored_count
                then
                    'Of ' || (
                        counted_rows.known_user_count + counted_rows.unknown_user_count
                    )
                    || ' identifiers of ' || counted_rows.source || ', '
                    || counted_rows.unknown_user_count
                    || ' {{ lacking }}, and ' || counted_rows.unknown_user_row_count
                    || ' of ' || counted_rows.stored_count
                    || ' rows count for nobody: it has "'
                    || coalesce(
                        similar_users.logged_user_id || '" where the '
                        || similar_users.place || ' have "'
                        || similar_users.known_id || '", which differ in '
                        || {{ identifier_difference(
                            'similar_users.logged_user_id', 'similar_users.known_id'
                        ) }}
                        || '. Write both in the same way.',
                        counted_rows.unknown_user_id || '", and the {{ place }} have "'
                        || coalesce(any_user.user_id, '')
                        || '". Compare them, or give the aliases.'
                    )
        end as finding
    from counted_rows
    left join similar_users on counted_rows.source = similar_users.source
    cross join any_user
)

select
    source,
    cast(stored_count as bigint) as stored_count,
    cast(unknown_user_row_count as bigint) as unknown_user_row_count,
    known_user_count,
    unknown_user_count,
    finding
from findings
