{{ config(materialized='view') }}

{% for objective in objectives() %}
select
    '{{ objective }}' as objective,
    user_id,
    {{ objective }}_segment_number as segment_number,
    '{{ objective }}-' || {{ objective }}_segment_number as segment_key,
    {{ objective }}_distance as distance,
    {{ objective }}_margin as margin,
    {{ objective }}_runner_up_number as runner_up_number,
    {{ objective }}_model_version as model_version
from {{ ref('scored_users') }}
where {{ objective }}_segment_number is not null
{{ 'union all' if not loop.last }}
{%- endfor %}
