{%- set scales = feature_scale_rows() -%}

with training_users as (
    select * from {{ ref('training_users') }}
)

{% for objective in scales | map(attribute='objective') | unique %}
{%- set vector = [] %}
{%- for scale in scales | selectattr('objective', 'eq', objective) %}
{%- do vector.append(scaled(scale)) %}
{%- endfor %}
select
    '{{ objective }}' as objective,
    user_id,
    sample_rank,
    {{ list_of(vector) }} as vector
from training_users
{{ 'union all' if not loop.last }}
{%- endfor %}
{%- if not scales %}
select
    cast(null as string) as objective,
    user_id,
    sample_rank,
    cast(null as {{ list_type('double') }}) as vector
from training_users
where false
{%- endif %}
