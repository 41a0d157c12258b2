{%- set features = declared('features') %}
{%- set lists = declared_columns(['list']) %}
{%- set dates = declared_columns(['date']) %}

-- noqa: disable=LT02
-- depends_on: {{ ref('stg_observed_period') }}
with users as (
    select * from {{ ref('stg_users') }}
),

{%- for column in lists %}

-- However many users there are, they choose among the same items: as many lists as
-- these allow, and no bridge of several rows for each user.
{{ column.name }}_lists as (
    select distinct {{ column.name }}
    from users
),

{{ column.name }}_items as (
    select
        {{ column.name }},
        {{ each_of(split_text(column.name, column.joint)) }} as item
    from {{ column.name }}_lists
),

{{ column.name }}_flags as (
    select
        {%- for feature in features if feature.column == column.name %}
        {{ item_feature(feature) }} as {{ feature.feature }},
        {%- endfor %}
        {{ column.name }}
    from {{ column.name }}_items
    group by all
),
{%- endfor %}

{%- if dates %}

observed_period as (
    select * from {{ ref('stg_observed_period') }}
),

last_dates as (
    select
        {%- for column in dates %}
        max({{ column.name }}) as {{ column.name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from users
),

-- The last day of the logs or, where there is none, the last date.
as_of_date as (
    select
        coalesce(
            observed_period.as_of_date,
            -- Spark asks for two at least.
            greatest(
                {%- for column in dates %}
                last_dates.{{ column.name }},
                {%- endfor %}
                last_dates.{{ dates[0].name }}
            )
        ) as day
    from observed_period
    cross join last_dates
),
{%- endif %}

features as (
    select
        {%- for feature in features %}
        {%- if feature.column in lists | map(attribute='name') %}
        {{ feature.column }}_flags.{{ feature.feature }},
        {%- else %}
        {{ declared_feature(feature) }} as {{ feature.feature }},
        {%- endif %}
        {%- endfor %}
        users.user_id
    from users
    {%- for column in lists %}
    left join {{ column.name }}_flags
        on users.{{ column.name }} = {{ column.name }}_flags.{{ column.name }}
    {%- endfor %}
    {%- if dates %}
    cross join as_of_date
    {%- endif %}
)

select * from features
