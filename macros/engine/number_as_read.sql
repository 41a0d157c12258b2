{# The number of a row in the order in which it was read, from 1 on. #}
{% macro number_as_read() -%}
    {{ adapter.dispatch('number_as_read')() }}
{%- endmacro %}

{% macro default__number_as_read() -%}
    row_number() over ()
{%- endmacro %}

{# Spark numbers by an order only. Its own identifiers go up in each part of a table, and
   from part to part, with gaps. #}
{% macro spark__number_as_read() -%}
    row_number() over (order by monotonically_increasing_id())
{%- endmacro %}
