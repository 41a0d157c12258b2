{#
    The distance of a user to a centroid, from the user's scaled features x_1, x_2, …
    and their squared_norm: |x - c|^2 = x.x + c.c - 2 x.c, where the first part is the
    same for every centroid.

    Argument:
        centroids: the rows of one segment's model, features in the order of x_1, x_2, …
#}
{% macro distance_to(centroids) -%}
    {%- set squares = namespace(sum=0) -%}
    {%- for row in centroids -%}
        {%- set squares.sum = squares.sum + row.centroid | float ** 2 -%}
    {%- endfor -%}
    sqrt(greatest(squared_norm + {{ double_literal(squares.sum) }} - 2 * (
        {%- for row in centroids -%}
        {{ ' + ' if not loop.first -}}
        x_{{ loop.index }} * {{ double_literal(row.centroid) }}
        {%- endfor -%}
    ), 0))
{%- endmacro %}
