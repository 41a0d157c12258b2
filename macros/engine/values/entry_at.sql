{# The entry of a list at a place, from 1; brackets count from 0 in Spark. #}
{% macro entry_at(list, place) -%}
    {{ adapter.dispatch('entry_at')(list, place) }}
{%- endmacro %}

{% macro default__entry_at(list, place) -%}
    {{ list }}[{{ place }}]
{%- endmacro %}

{% macro spark__entry_at(list, place) -%}
    element_at({{ list }}, {{ place }})
{%- endmacro %}
