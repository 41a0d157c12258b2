{%- set themes = ['technology', 'business', 'home', 'outdoors', 'arts'] %}

with user_interests as (
    select * from {{ ref('stg_user_interests') }}
),

interest_themes as (
    select * from {{ ref('interest_themes') }}
)

select
    user_interests.user_id,
    {%- for theme in themes %}
    max(cast(interest_themes.theme = '{{ theme }}' as integer))
        as has_{{ theme }}_interest,
    {%- endfor %}
    count(*) as interest_count
from user_interests
inner join interest_themes
    on user_interests.interest = interest_themes.interest
group by all
