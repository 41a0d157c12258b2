{#
    Common table expressions that put users into the segments of one model. The last,
    `<name>_nearest`, has all columns of the users, <name>_distance_<number> for each
    segment, <name>_distance (to the nearest of them) and <name>_segment_number. A
    distance is over the features that are known of the user.

    Arguments:
        name: what their names and those of their columns begin with
        segments: the rows of the model, as pairs of segment number and rows
        users: name of an expression or table of user_id and features
#}
{% macro scoring_ctes(name, segments, users) -%}
{%- set scales = varying(segments[0].list) -%}
{{ name }}_vectors as (
    select
        *
        {%- for scale in scales %},
        {{ scaled(scale) }} as {{ name }}_x_{{ loop.index }}
        {%- endfor %}
    from {{ users }}
),

{{ name }}_norms as (
    select
        *,
        0
        {%- for scale in scales %}
        {%- set x = name ~ '_x_' ~ loop.index %} + coalesce({{ x }} * {{ x }}, 0)
        {%- endfor %} as {{ name }}_squared_norm
    from {{ name }}_vectors
),

{{ name }}_distances as (
    select
        *,
        {%- for segment_number, centroids in segments %}
        {{ distance_to(centroids, name) }}
            as {{ name }}_distance_{{ segment_number }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ name }}_norms
),

{{ name }}_nearest as (
    select
        *,
        least(
            {%- for segment_number, _ in segments %}
            {{ name }}_distance_{{ segment_number }}{{ ',' if not loop.last }}
            {%- endfor %}
        ) as {{ name }}_distance,
        case {{ name }}_distance
            {%- for segment_number, _ in segments %}
            when {{ name }}_distance_{{ segment_number }} then {{ segment_number }}
            {%- endfor %}
        end as {{ name }}_segment_number
    from {{ name }}_distances
)
{%- endmacro %}

{# What is the same for all users, and at 0 once it is scaled, is no part of a distance. #}
{% macro varying(scales) %}
    {% set kept = [] %}
    {% for scale in scales if scale.clip | float != 0 %}
        {% do kept.append(scale) %}
    {% endfor %}
    {% do return(kept) %}
{% endmacro %}
