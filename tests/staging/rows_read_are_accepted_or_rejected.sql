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

stored_events_read as (
    select stored_events.*
    from stored_events
    semi join valid_events
        on
            stored_events.event_id = valid_events.event_id
            and stored_events.content = valid_events.content
),

-- Of decisions every one that can be read is kept, however many a user has made.
decisions as (
    select *
    from {{ ref('stg_checked_consents') }}
    where problems is null and rejection_reasons is null
),

rows_read as (
    {%- for name, models in sources_read().items() if models.checked %}
    {{- ' union all' if not loop.first }}
    select
        '{{ name }}' as source,
        count(*) as row_count
    from {{ raw_user_profiles() if name == 'user_profiles' else source('raw', name) }}
    {%- endfor %}
),

rows_accepted as (
    {%- set accepted = {'events': 'stored_events_read', 'consents': 'decisions'} %}
    {%- for name, models in sources_read().items() if models.checked %}
    {{- ' union all' if not loop.first }}
    select
        '{{ name }}' as source,
        count(*) as row_count
    from {{ accepted[name] or ref(models.accepted) }}
    {%- endfor %}
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
    coalesce(rows_rejected.row_count, 0) as rejected_count,
    'Of ' || rows_read.row_count || ' rows of ' || rows_read.source || ' read, '
    || rows_accepted.row_count || ' are accepted and '
    || coalesce(rows_rejected.row_count, 0)
    || ' rejected: the others are lost, or counted twice.' as finding
from rows_read
inner join rows_accepted on rows_read.source = rows_accepted.source
left join rows_rejected on rows_read.source = rows_rejected.source
where
    rows_read.row_count
    <> rows_accepted.row_count + coalesce(rows_rejected.row_count, 0)
