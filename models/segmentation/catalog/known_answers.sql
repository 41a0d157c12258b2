{{ config(materialized='view') }}

with protected_bands as (
    select * from {{ ref('protected_bands') }}
)

select
    attribute,
    answer,
    rank
from {{ ref('ordered_answers') }}
where attribute not in (select protected_bands.attribute from protected_bands)
union all
select
    attribute,
    answer,
    rank
from protected_bands
