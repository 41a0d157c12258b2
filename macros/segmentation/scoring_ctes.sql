{#
    Common table expressions that put users into the segments of one model. The last,
    `<name>_nearest`, has user_id, distance_<number> for each segment, distance (to the
    nearest of them) and segment_number.

    Arguments:
        name: what their names begin with
        segments: the rows of the model, as pairs of segment number and rows
        users: name of an expression or table of user_id and features
#}
{% macro scoring_ctes(name, segments, users) -%}
{{ name }}_vectors as (
    select
        {%- for scale in segments[0].list %}
        {{ scaled(scale) }} as x_{{ loop.index }},
        {%- endfor %}
        user_id
    from {{ users }}
),

{{ name }}_norms as (
    select
        *,
        {% for scale in segments[0].list -%}
        {{ ' + ' if not loop.first }}x_{{ loop.index }} * x_{{ loop.index }}
        {%- endfor %} as squared_norm
    from {{ name }}_vectors
),

{{ name }}_distances as (
    select
        {%- for segment_number, centroids in segments %}
        {{ distance_to(centroids) }} as distance_{{ segment_number }},
        {%- endfor %}
        user_id
    from {{ name }}_norms
),

{{ name }}_nearest as (
    select
        *,
        least(
            {%- for segment_number, _ in segments %}
            distance_{{ segment_number }}{{ ',' if not loop.last }}
            {%- endfor %}
        ) as distance,
        case distance
            {%- for segment_number, _ in segments %}
            when distance_{{ segment_number }} then {{ segment_number }}
            {%- endfor %}
        end as segment_number
    from {{ name }}_distances
)
{%- endmacro %}
