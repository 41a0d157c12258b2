{{ config(
    pre_hook="{{ check_rejected_share('user_profiles') }}"
) }}

with user_profiles as (
    select * from {{ ref('stg_user_profiles') }}
)

select
    user_id
    {%- for column in declared_columns() %},
    {{ column.name }}
    {%- endfor %}
from user_profiles
where rejection_reasons is null
