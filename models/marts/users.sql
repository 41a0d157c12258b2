with users as (
    select * from {{ ref('stg_users') }}
),

user_features as (
    select * from {{ ref('user_features') }}
),

purchase_scores as (
    select * from {{ ref('user_purchase_scores') }}
),

user_segments as (
    select * from {{ ref('user_segments') }}
),

segments as (
    select * from {{ ref('segments') }}
),

named_segments as (
    select
        user_segments.objective,
        user_segments.user_id,
        segments.segment_name
    from user_segments
    inner join segments on user_segments.segment_key = segments.segment_key
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
    user_features.interest_count,
    user_features.weekday_hours_online,
    user_features.weekend_hours_online,
    user_features.weekly_hours_online,
    user_features.weekend_share,
    user_features.reaction_count,
    user_features.reactions_per_hour,
    user_features.followed_account_count,
    user_features.click_through_rate,
    user_features.conversion_rate,
    user_features.click_to_conversion_rate,
    user_features.ad_interaction_seconds,
    user_features.session_count,
    user_features.session_minutes,
    user_features.events_per_week_90_days,
    user_features.days_since_last_event,
    user_features.social_event_share,
    user_features.purchase_count,
    user_features.net_revenue,
    user_features.days_since_last_purchase,
    purchase_scores.purchase_segment,
    marketing.segment_name as personalized_marketing_segment,
    recommendation.segment_name as product_recommendation_segment,
    service.segment_name as customer_service_segment
from users
inner join user_features on users.user_id = user_features.user_id
left join purchase_scores on users.user_id = purchase_scores.user_id
left join named_segments as marketing
    on
        users.user_id = marketing.user_id
        and marketing.objective = 'personalized_marketing'
left join named_segments as recommendation
    on
        users.user_id = recommendation.user_id
        and recommendation.objective = 'product_recommendation'
left join named_segments as service
    on
        users.user_id = service.user_id
        and service.objective = 'customer_service'
