{#
    One coordinate of the centroid of the segment that a column names.

    Arguments:
        column: a column of segment numbers
        segments: the rows of a model, as pairs of segment number and rows
        index: position of the feature within the rows of a segment, from 0
#}
{% macro centroid_of(column, segments, index) -%}
    case {{ column }}
        {%- for segment_number, centroids in segments %}
        when {{ segment_number }}
            then {{ double_literal(centroids[index].centroid) }}
        {%- endfor %}
    end
{%- endmacro %}
