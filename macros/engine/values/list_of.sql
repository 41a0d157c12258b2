{# A list of expressions; in Spark brackets are an index only. #}
{% macro list_of(expressions) -%}
    {{ adapter.dispatch('list_of')(expressions) }}
{%- endmacro %}

{% macro default__list_of(expressions) -%}
    [{{ expressions | join(', ') }}]
{%- endmacro %}

{% macro spark__list_of(expressions) -%}
    array({{ expressions | join(', ') }})
{%- endmacro %}
