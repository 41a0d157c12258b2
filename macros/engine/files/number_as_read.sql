{# The number of a row, from 1 on, in the order in which rows are read. #}
{% macro number_as_read() -%}
    {{ adapter.dispatch('number_as_read')() }}
{%- endmacro %}

{% macro default__number_as_read() -%}
    row_number() over ()
{%- endmacro %}

{# Spark's own identifiers go up in each part of a table, and from part to part, with
   gaps: for numbers without, all rows would have to pass through one task. #}
{% macro spark__number_as_read() -%}
    monotonically_increasing_id() + 1
{%- endmacro %}
