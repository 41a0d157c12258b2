{# The type of a list; the engines share no name for it. #}
{% macro list_type(type) -%}
    {{ adapter.dispatch('list_type')(type) }}
{%- endmacro %}

{% macro default__list_type(type) -%}
    {{ type }}[]
{%- endmacro %}

{% macro spark__list_type(type) -%}
    array<{{ type }}>
{%- endmacro %}
