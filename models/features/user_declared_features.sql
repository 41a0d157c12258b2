{%- set features = declared('features') %}
{%- set lists = declared_columns(['list']) %}
{%- set dates = declared_columns(['date']) %}

-- depends_on: {{ ref('stg_observed_period') }}
with users as (
    select * from {{ ref('stg_users') }}
)
{%- for column in lists %},

-- However many users there are, they choose among the same items: as many lists as these
-- allow, and no bridge of several rows for each user.
{{ column.name }}_items as (
    select
        {{ column.name }},
        {{ each_of('split(' ~ column.name ~ ', ' ~ text_literal(column.joint) ~ ')') }}
            as item
    from (select distinct {{ column.name }} from users) as lists
),

{{ column.name }}_flags as (
    select
        {{ column.name }}
        {%- for feature in features if feature.column == column.name %},
        {{ item_feature(feature) }} as {{ feature.feature }}
        {%- endfor %}
    from {{ column.name }}_items
    group by all
)
{%- endfor %}
{%- if dates %},

-- Days before the last day of the logs or, where there is none, before the last date.
as_of_date as (
    select
        coalesce(
            observed_period.as_of_date,
            greatest({% for column in dates %}last_dates.{{ column.name }}
                {{- ', ' if not loop.last }}{% endfor %})
        ) as day
    from {{ ref('stg_observed_period') }} as observed_period
    cross join (
        select
            {%- for column in dates %}
            max({{ column.name }}) as {{ column.name }}{{ ',' if not loop.last }}
            {%- endfor %}
        from users
    ) as last_dates
)
{%- endif %}

select
    users.user_id
    {%- for feature in features %},
    {%- if feature.column in lists | map(attribute='name') %}
    {{ feature.column }}_flags.{{ feature.feature }}
    {%- else %}
    {{ declared_feature(feature) }} as {{ feature.feature }}
    {%- endif %}
    {%- endfor %}
from users
{%- for column in lists %}
left join {{ column.name }}_flags
    on users.{{ column.name }} = {{ column.name }}_flags.{{ column.name }}
{%- endfor %}
{%- if dates %}
cross join as_of_date
{%- endif %}
