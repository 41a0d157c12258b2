{# The places of a list's entries, from 1, as a list. #}
{% macro places_of(list) -%}
    {{ adapter.dispatch('places_of')(list) }}
{%- endmacro %}

{% macro default__places_of(list) -%}
    generate_series(1, len({{ list }}))
{%- endmacro %}

{#- To Spark null has the size -1, and a sequence from 1 to 0 counts down. #}
{% macro spark__places_of(list) -%}
    case when size({{ list }}) > 0 then sequence(1, size({{ list }})) end
{%- endmacro %}
