with user_profiles as (
    select * from {{ ref('stg_user_profiles') }}
)

select
    'user_profiles' as source,
    row_number,
    rejection_reasons as reasons,
    raw_row
from user_profiles
where rejection_reasons is not null
