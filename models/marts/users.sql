{#- The columns of a mart stay, whatever objectives are configured. -#}
{%- set objectives = [
    'personalized_marketing', 'product_recommendation', 'customer_service',
] -%}

with users as (
    select * from {{ ref('stg_users') }}
),

scored_users as (
    select * from {{ ref('scored_users') }}
),

purchase_scores as (
    select * from {{ ref('user_purchase_scores') }}
),

segments as (
    select * from {{ ref('segments') }}
)

select
    users.user_id,
    users.age,
    users.gender,
    users.location,
    users.language,
    users.education_level,
    users.income_level,
    users.device_usage,
    users.top_interests,
    scored_users.interest_count,
    scored_users.weekday_hours_online,
    scored_users.weekend_hours_online,
    scored_users.weekly_hours_online,
    scored_users.weekend_share,
    scored_users.reaction_count,
    scored_users.reactions_per_hour,
    scored_users.followed_account_count,
    scored_users.click_through_rate,
    scored_users.conversion_rate,
    scored_users.click_to_conversion_rate,
    scored_users.ad_interaction_seconds,
    scored_users.session_count,
    scored_users.session_minutes,
    scored_users.events_per_week_90_days,
    scored_users.days_since_last_event,
    scored_users.social_event_share,
    scored_users.purchase_count,
    scored_users.net_revenue,
    scored_users.days_since_last_purchase,
    {%- for objective in objectives %}
    {{
        objective ~ '_segments.segment_name' if objective in var('objectives')
        else 'cast(null as string)'
    }} as {{ objective }}_segment,
    {%- endfor %}
    purchase_scores.purchase_segment
from users
inner join scored_users on users.user_id = scored_users.user_id
left join purchase_scores on users.user_id = purchase_scores.user_id
{%- for objective in objectives if objective in var('objectives') %}
left join segments as {{ objective }}_segments
    on
        scored_users.{{ objective }}_segment_number
        = {{ objective }}_segments.segment_number
        and {{ objective }}_segments.objective = '{{ objective }}'
{%- endfor %}
