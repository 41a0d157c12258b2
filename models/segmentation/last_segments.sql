{{ config(materialized='view') }}
{%- set history = left_by_last_build('user_segment_history', schema='snapshots') -%}

{% if history %}
select
    objective,
    user_id,
    segment_number
from {{ history }}
where
    dbt_valid_to is null
    -- The users of the shipped sample are other people than anybody else's.
    and is_sample = {{ is_sample_read() }}
{%- else %}
select
    cast(null as varchar) as objective,
    cast(null as varchar) as user_id,
    cast(null as integer) as segment_number
where false
{%- endif %}
