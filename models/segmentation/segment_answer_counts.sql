{%- set attributes = [
    'age', 'gender', 'location', 'language', 'education_level', 'income_level',
    'device_usage',
] -%}

with user_segments as (
    select
        objective,
        segment_number,
        user_id
    from {{ ref('user_segments') }}
),

users as (
    select * from {{ ref('stg_users') }}
),

-- Answers and lists of interests are counted together first, and by attribute from
-- there: a few thousand rows to go through again, however many users there are.
answer_combinations as (
    select
        user_segments.objective,
        user_segments.segment_number,
        {%- for attribute in attributes %}
        users.{{ attribute }},
        {%- endfor %}
        count(*) as user_count
    from user_segments
    inner join users on user_segments.user_id = users.user_id
    group by all
),

interest_lists as (
    select
        user_segments.objective,
        user_segments.segment_number,
        users.top_interests,
        count(*) as user_count
    from user_segments
    inner join users on user_segments.user_id = users.user_id
    group by all
),

answers as (
    {%- for attribute in attributes %}
    select
        objective,
        segment_number,
        '{{ attribute }}' as attribute,
        {{ attribute }} as answer,
        user_count
    from answer_combinations
    union all
    {%- endfor %}
    select
        objective,
        segment_number,
        'interest' as attribute,
        {{ each_of("split(top_interests, ', ')") }} as answer,
        user_count
    from interest_lists
)

select
    objective,
    segment_number,
    attribute,
    answer,
    cast(sum(user_count) as bigint) as user_count
from answers
group by all
