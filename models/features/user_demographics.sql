with users as (
    select * from {{ ref('stg_users') }}
),

ordered_answers as (
    select * from {{ ref('ordered_answers') }}
)

select
    users.user_id,
    ages.midpoint as age_years,
    incomes.midpoint as income_thousands,
    education_levels.rank as education_rank,
    cast(users.gender = 'Female' as integer) as is_female,
    cast(users.location = 'Urban' as integer) as is_urban,
    cast(users.location = 'Suburban' as integer) as is_suburban,
    cast(users.location = 'Rural' as integer) as is_rural,
    cast(users.device_usage in ('Mobile Only', 'Mobile + Desktop') as integer)
        as is_mobile_user,
    cast(users.device_usage in ('Desktop Only', 'Mobile + Desktop') as integer)
        as is_desktop_user,
    cast(users.device_usage = 'Tablet' as integer) as is_tablet_user
from users
inner join ordered_answers as ages
    on users.age = ages.answer and ages.attribute = 'age'
inner join ordered_answers as incomes
    on users.income_level = incomes.answer and incomes.attribute = 'income_level'
inner join ordered_answers as education_levels
    on
        users.education_level = education_levels.answer
        and education_levels.attribute = 'education_level'
