{%- set scales = model_scale_rows() -%}

with training_users as (
    select * from {{ ref('training_users') }}
)

{% for objective in scales | map(attribute='objective') | unique %}
select
    '{{ objective }}' as objective,
    user_id,
    sample_rank,
    array[
        {%- for scale in scales | selectattr('objective', 'eq', objective) %}
        {{ scaled(scale) }}{{ ',' if not loop.last }}
        {%- endfor %}
    ] as vector
from training_users
{{ 'union all' if not loop.last }}
{%- endfor %}
{%- if not scales %}
select
    cast(null as varchar) as objective,
    user_id,
    sample_rank,
    cast(null as double[]) as vector
from training_users
where false
{%- endif %}
