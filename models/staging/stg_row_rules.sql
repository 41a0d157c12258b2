{{ config(materialized='table') }}

with profile_reasons as (
    {{ select_rows(
        declared('rejection_reasons'),
        {'reason': 'string', 'field': 'string', 'sentence': 'string'},
    ) | indent }}
),

log_reasons as (
    select * from {{ ref('log_rejection_reasons') }}
)

select
    'user_profiles' as source,
    reason,
    field,
    sentence
from profile_reasons
union all
select
    source,
    reason,
    field,
    sentence
from log_reasons
