{%- set lists = declared_columns(['list']) -%}
{%- set list_names = lists | map(attribute='name') | list -%}
{%- set attributes = answer_attributes() + list_names -%}
{%- set objectives = objectives() | list -%}

-- depends_on: {{ ref('known_answers') }}

with scored_users as (
    select * from {{ ref('scored_users') }}
),

users as (
    select * from {{ ref('stg_users') }}
),

placed_users as (
    select
        {%- for objective in objectives %}
        scored_users.{{ objective }}_segment_number,
        {%- endfor %}
        {%- for attribute in attributes %}
        users.{{ attribute }},
        {%- endfor %}
        users.user_id
    from scored_users
    inner join users on scored_users.user_id = users.user_id
),

-- Every answer alone, with the segments of all objectives: no more rows to go through
-- again than combinations of these. Lists are counted whole.
placed_answers as (
    {%- for attribute in attributes %}
    select
        {%- for objective in objectives %}
        {{ objective }}_segment_number,
        {%- endfor %}
        '{{ attribute }}' as attribute,
        {{ answer_of(attribute) }} as answer,
        count(*) as user_count
    from placed_users
    group by all
    union all
    {%- endfor %}
    select
        {%- for objective in objectives %}
        {{ objective }}_segment_number,
        {%- endfor %}
        cast(null as string) as attribute,
        cast(null as string) as answer,
        cast(0 as bigint) as user_count
    from placed_users
    where false
),

answers as (
    {%- for objective in objectives %}
    select
        '{{ objective }}' as objective,
        {{ objective }}_segment_number as segment_number,
        attribute,
        answer,
        user_count
    from placed_answers
    where attribute not in ({{ text_literals(list_names or ['']) }})
    {%- for column in lists %}
    union all
    select
        '{{ objective }}' as objective,
        {{ objective }}_segment_number as segment_number,
        attribute,
        {{ each_of(split_text('answer', column.joint)) }} as answer,
        user_count
    from placed_answers
    where attribute = '{{ column.name }}' and answer is not null
    union all
    select
        '{{ objective }}' as objective,
        {{ objective }}_segment_number as segment_number,
        attribute,
        answer,
        user_count
    from placed_answers
    where attribute = '{{ column.name }}' and answer is null
    {%- endfor %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    objective,
    segment_number,
    attribute,
    answer,
    cast(sum(user_count) as bigint) as user_count
from answers
where segment_number is not null
group by all
