{{ config(materialized='table') }}

{%- set answer_columns = [
    'age', 'gender', 'location', 'language', 'education_level', 'device_usage',
    'income_level',
] %}
{%- set number_columns = [
    'reaction_count', 'followed_account_count', 'weekday_hours_online',
    'weekend_hours_online', 'ad_interaction_seconds',
] %}
{%- set rate_columns = ['click_through_rate', 'conversion_rate'] %}

with cleaned as (
    select
        {{ number_as_read() }} as row_number,
        {{ clean_text(adapter.quote('User ID')) }} as user_id,
        {{ clean_text(adapter.quote('Age')) }} as age,
        {{ clean_text(adapter.quote('Gender')) }} as gender,
        {{ clean_text(adapter.quote('Location')) }} as location,
        {{ clean_text(adapter.quote('Language')) }} as language,
        {{ clean_text(adapter.quote('Education Level')) }} as education_level,
        {{ adapter.quote('Likes and Reactions') }} as reaction_count,
        {{ adapter.quote('Followed Accounts') }} as followed_account_count,
        {{ clean_text(adapter.quote('Device Usage')) }} as device_usage,
        {{ adapter.quote('Time Spent Online (hrs/weekday)') }} as weekday_hours_online,
        {{ adapter.quote('Time Spent Online (hrs/weekend)') }} as weekend_hours_online,
        {{ adapter.quote('Click-Through Rates (CTR)') }} as click_through_rate,
        {{ adapter.quote('Conversion Rates') }} as conversion_rate,
        {{ adapter.quote('Ad Interaction Time (sec)') }} as ad_interaction_seconds,
        {{ clean_text(adapter.quote('Income Level')) }} as income_level,
        {{ clean_text(adapter.quote('Top Interests')) }} as top_interests,
        -- The whole row as one value.
        {{ whole_row('raw_profiles') }} as raw_profile
    from {{ raw_user_profiles() }} as raw_profiles  -- noqa: AL05
),

-- Read once more, two columns alone. A window function over the cleaned rows would hold
-- every column of every user in memory.
keys as (
    select
        {{ clean_text(adapter.quote('User ID')) }} as user_id,
        {{ clean_text(adapter.quote('Top Interests')) }} as top_interests
    from {{ raw_user_profiles() }}
),

repeated_users as (
    select user_id
    from keys
    group by all
    having count(*) > 1
),

interest_lists as (
    select distinct top_interests
    from keys
),

numbered_interests as (
    select
        top_interests,
        interests,
        {{ each_of(places_of('interests')) }} as position
    from (
        select
            top_interests,
            split(top_interests, ',') as interests
        from interest_lists
    ) as split_lists
),

listed_interests as (
    select
        top_interests,
        lower({{ clean_text(entry_at('interests', 'position')) }}) as interest,
        min(position) as position
    from numbered_interests
    -- A comma at either end, or two in a row, names no interest.
    where {{ clean_text(entry_at('interests', 'position')) }} is not null
    group by all
),

checked_interests as (
    select
        listed_interests.top_interests as raw_interests,
        {{ ordered_text(
            'interest_themes.interest', ', ', 'listed_interests.position'
        ) }} as top_interests,
        count(*) > count(interest_themes.interest) as has_unknown_interest
    from listed_interests
    left join {{ ref('interest_themes') }} as interest_themes
        on listed_interests.interest = lower(interest_themes.interest)
    group by all
),

typed as (
    select
        cleaned.row_number,
        cleaned.user_id,
        cleaned.raw_profile,
        repeated_users.user_id is not null as is_repeated,
        {%- for column in answer_columns %}
        cleaned.{{ column }} as {{ column }}_text,
        {{ column }}_answers.answer as {{ column }},
        {%- endfor %}
        {%- for column in number_columns %}
        cleaned.{{ column }} as {{ column }}_text,
        {{ parse_number('cleaned.' ~ column) }} as {{ column }},
        {%- endfor %}
        {%- for column in rate_columns %}
        cleaned.{{ column }} as {{ column }}_text,
        {{ parse_rate('cleaned.' ~ column) }} as {{ column }},
        {%- endfor %}
        checked_interests.top_interests,
        checked_interests.has_unknown_interest
    from cleaned
    left join repeated_users
        on cleaned.user_id = repeated_users.user_id
    left join checked_interests
        on cleaned.top_interests = checked_interests.raw_interests
    {%- for column in answer_columns %}
    left join {{ ref('ordered_answers') }} as {{ column }}_answers
        on
            lower(cleaned.{{ column }}) = lower({{ column }}_answers.answer)
            and {{ column }}_answers.attribute = '{{ column }}'
    {%- endfor %}
),

checked as (
    select
        *,
        nullif(
            concat_ws(
                ', ',
                case when user_id is null then 'user_id_missing' end,
                case when is_repeated then 'user_id_repeated' end,
                {%- for column in answer_columns %}
                {{ answer_problem(column) }},
                {%- endfor %}
                {{ number_problem('reaction_count', 1000000000, is_whole=true) }},
                {{ number_problem(
                    'followed_account_count', 1000000000, is_whole=true
                ) }},
                {{ number_problem('weekday_hours_online', 24) }},
                {{ number_problem('weekend_hours_online', 24) }},
                {{ number_problem('click_through_rate', 1, is_rate=true) }},
                {{ number_problem('conversion_rate', 1, is_rate=true) }},
                {{ number_problem('ad_interaction_seconds', 86400) }},
                case
                    when has_unknown_interest is null then 'top_interests_missing'
                    when has_unknown_interest then 'top_interests_unknown'
                end
            ),
            ''
        ) as rejection_reasons
    from typed
)

select
    row_number,
    user_id,
    age,
    gender,
    location,
    language,
    education_level,
    income_level,
    device_usage,
    top_interests,
    -- A rejected row may hold what no integer can.
    try_cast(reaction_count as bigint) as reaction_count,
    try_cast(followed_account_count as bigint) as followed_account_count,
    weekday_hours_online,
    weekend_hours_online,
    click_through_rate,
    conversion_rate,
    ad_interaction_seconds,
    rejection_reasons,
    case when rejection_reasons is not null then {{ json_of('raw_profile') }} end
        as raw_row
from checked
