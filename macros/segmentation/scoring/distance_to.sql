{#
    The distance of a user to a centroid, from the user's scaled features <name>_x_1,
    <name>_x_2, … and their <name>_squared_norm: |x - c|^2 = x.x + c.c - 2 x.c, where
    the first part is the same for every centroid. What is not known of the user weighs
    nothing: its part of c.c is taken off again.

    Arguments:
        centroids: the rows of one segment's model, features in the order of <name>_x_1,
            <name>_x_2, …
        name: what the names of the columns begin with
#}
{% macro distance_to(centroids, name) -%}
    {%- set centroids = varying(centroids) -%}
    {%- set squares = namespace(sum=0) -%}
    {%- for row in centroids -%}
        {%- set squares.sum = squares.sum + row.centroid | float ** 2 -%}
    {%- endfor -%}
    sqrt(greatest({{ name }}_squared_norm + {{ double_literal(squares.sum) }} - 2 * (
        0
        {%- for row in centroids %}
        {%- set centroid = row.centroid | float %}
         + coalesce(
            {{ name }}_x_{{ loop.index }} * {{ double_literal(centroid) }},
            {{ double_literal(centroid ** 2 / 2) }}
        )
        {%- endfor -%}
    ), 0))
{%- endmacro %}
