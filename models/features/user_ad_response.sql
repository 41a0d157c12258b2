{{ config(enabled=is_case_study()) }}

with users as (
    select * from {{ ref('stg_users') }}
)

select
    user_id,
    click_through_rate * conversion_rate as click_to_conversion_rate
from users
