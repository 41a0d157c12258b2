{%- set themes = ['technology', 'business', 'home', 'outdoors', 'arts'] %}

with users as (
    select * from {{ ref('stg_users') }}
),

interest_lists as (
    select * from {{ ref('stg_interest_lists') }}
),

interest_themes as (
    select * from {{ ref('interest_themes') }}
),

list_themes as (
    select
        interest_lists.top_interests,
        {%- for theme in themes %}
        max(cast(interest_themes.theme = '{{ theme }}' as integer))
            as has_{{ theme }}_interest,
        {%- endfor %}
        count(*) as interest_count
    from interest_lists
    inner join interest_themes
        on interest_lists.interest = interest_themes.interest
    group by all
)

select
    users.user_id,
    {%- for theme in themes %}
    list_themes.has_{{ theme }}_interest,
    {%- endfor %}
    list_themes.interest_count
from users
inner join list_themes on users.top_interests = list_themes.top_interests
