{#- A view: whoever asks for a few users pays for a few. The centroids stand in it as
    literals, as in user_segments. -#}
{{ config(materialized=long_view()) }}
{%- set model_rows = current_model_rows() -%}

with user_features as (
    select * from {{ ref('user_features') }}
),

user_segments as (
    select * from {{ ref('user_segments') }}
)

{%- for objective, rows in model_rows | groupby('objective') %}
{%- set segments = rows | groupby('segment_number') %}
{%- set features = segments[0].list %},

{{ objective }}_vectors as (
    select
        {%- for scale in features %}
        {{ scaled(scale) }} as x_{{ loop.index }},
        {{ centroid_of('user_segments.segment_number', segments, loop.index0) }}
            as own_{{ loop.index }},
        {{ centroid_of('user_segments.runner_up_number', segments, loop.index0) }}
            as runner_up_{{ loop.index }},
        {%- endfor %}
        user_segments.user_id,
        user_segments.segment_key,
        user_segments.runner_up_number,
        user_segments.model_version
    from user_segments
    inner join user_features on user_segments.user_id = user_features.user_id
    where user_segments.objective = '{{ objective }}'
),

-- Only what speaks for the segment is a reason.
{{ objective }}_strengths as (
    select
        {%- for _ in features %}
        nullif(
            greatest(
                (x_{{ loop.index }} - runner_up_{{ loop.index }})
                * (x_{{ loop.index }} - runner_up_{{ loop.index }})
                - (x_{{ loop.index }} - own_{{ loop.index }})
                * (x_{{ loop.index }} - own_{{ loop.index }}),
                0
            ),
            0
        ) as strength_{{ loop.index }},
        {%- endfor %}
        user_id,
        segment_key,
        runner_up_number,
        model_version
    from {{ objective }}_vectors
)
{%- for rank in [1, 2, 3] %},

{{ objective }}_reasons_{{ rank }} as (
    select
        *,
        greatest(
            {%- for _ in features %}
            {{ remaining_strength(loop.index, rank - 1) }}{{ ',' if not loop.last }}
            {%- endfor %}
            {#- Spark asks for two numbers, and an objective may have one feature. #}
            {{- ', null' if features | length == 1 }}
        ) as reason_{{ rank }}_strength,
        case reason_{{ rank }}_strength
            {%- for _ in features %}
            when {{ remaining_strength(loop.index, rank - 1) }} then {{ loop.index }}
            {%- endfor %}
        end as number_{{ rank }}
    from {{ objective }}_{{ 'strengths' if rank == 1 else 'reasons_' ~ (rank - 1) }}
)
{%- endfor %}
{%- endfor %}

{% for objective, rows in model_rows | groupby('objective') %}
{%- set features = (rows | groupby('segment_number'))[0].list %}
select
    '{{ objective }}' as objective,
    user_id,
    segment_key,
    runner_up_number,
    {%- for rank in [1, 2, 3] %}
    case number_{{ rank }}
        {%- for scale in features %}
        when {{ loop.index }} then '{{ scale.feature }}'
        {%- endfor %}
    end as reason_{{ rank }},
    reason_{{ rank }}_strength,
    {%- endfor %}
    model_version
from {{ objective }}_reasons_3
{{ 'union all' if not loop.last }}
{%- endfor %}
{%- if not model_rows %}
select
    cast(null as string) as objective,
    user_id,
    cast(null as string) as segment_key,
    cast(null as integer) as runner_up_number,
    {%- for rank in [1, 2, 3] %}
    cast(null as string) as reason_{{ rank }},
    cast(null as double) as reason_{{ rank }}_strength,
    {%- endfor %}
    cast(null as integer) as model_version
from user_features
where false
{%- endif %}
