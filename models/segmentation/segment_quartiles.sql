{%- set features = catalog_features() | rejectattr('kind', 'eq', 'flag') | list -%}
{%- set objectives = var('objectives') | list -%}

with user_features as (
    select * from {{ ref('user_features') }}
),

scored_users as (
    select * from {{ ref('scored_users') }}
),

-- Quartiles hold all the values that they are of: one feature at a time, so that it is
-- a column of all users and not all columns that has to fit into memory.
placed_users as materialized (
    select
        {%- for objective in objectives %}
        scored_users.{{ objective }}_segment_number,
        {%- endfor %}
        {%- for row in features %}
        user_features.{{ row.feature }}{{ ',' if not loop.last }}
        {%- endfor %}
    from scored_users
    inner join user_features on scored_users.user_id = user_features.user_id
),

quartiles as (
    {%- for row in features %}
    {%- set last_feature = loop.last %}
    {%- for objective in objectives %}
    select
        '{{ objective }}' as objective,
        {{ objective }}_segment_number as segment_number,
        '{{ row.feature }}' as feature,
        quantile_cont({{ row.feature }}, [0.25, 0.5, 0.75]) as quartiles
    from placed_users
    where {{ objective }}_segment_number is not null
    group by all
    {{ 'union all' if not (last_feature and loop.last) }}
    {%- endfor %}
    {%- endfor %}
)

select
    objective,
    segment_number,
    feature,
    cast(quartiles[1] as double) as lower_quartile,
    cast(quartiles[2] as double) as median,
    cast(quartiles[3] as double) as upper_quartile
from quartiles
