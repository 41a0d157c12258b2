{{ config(
    pre_hook="{{ check_rejected_share('user_profiles') }}"
) }}

with user_profiles as (
    select * from {{ ref('stg_user_profiles') }}
)

select
    user_id,
    age,
    gender,
    location,
    language,
    education_level,
    income_level,
    device_usage,
    top_interests,
    reaction_count,
    followed_account_count,
    weekday_hours_online,
    weekend_hours_online,
    click_through_rate,
    conversion_rate,
    ad_interaction_seconds
from user_profiles
where rejection_reasons is null
