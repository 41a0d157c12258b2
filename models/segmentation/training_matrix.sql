{%- set scales = model_scale_rows() -%}

with user_features as (
    select * from {{ ref('user_features') }}
),

-- Ordered by a hash: a sample that neither the order of the rows nor the number of
-- threads changes. md5, because DuckDB promises its own hash() for one version only.
sampled_users as (
    select *
    from user_features
    order by md5(user_id), user_id
    limit {{ var('training_sample_size') }}
),

ranked_users as (
    select
        *,
        row_number() over (order by md5(user_id), user_id) as sample_rank
    from sampled_users
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
from ranked_users
{{ 'union all' if not loop.last }}
{%- endfor %}
{%- if not scales %}
select
    cast(null as varchar) as objective,
    user_id,
    sample_rank,
    cast(null as double[]) as vector
from ranked_users
where false
{%- endif %}
