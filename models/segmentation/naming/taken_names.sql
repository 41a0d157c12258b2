{{ config(materialized='view') }}
{%- set rest_days = distinctive_limits().name_rest_days -%}

with last_names as (
    select *
    from {{ ref('last_names') }}
    where
        coalesce({{ days_between('held_until', built_at()) }}, 0) < {{ rest_days }}
)

select
    objective,
    segment_number,
    lower(name_words) as name_words,
    name_number
from {{ ref('kept_names') }}
union
select
    objective,
    segment_number,
    lower(name_words) as name_words,
    name_number
from last_names
union
-- An alias, too, is a name that people know.
select
    objective,
    segment_number,
    lower(segment_name) as name_words,
    cast(null as int) as name_number
from last_names
