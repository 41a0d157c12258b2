{#
    A number of eight bytes that is the same for the same values, nulls among them. The
    engines' numbers differ; they are compared within a build only.
#}
{% macro hash_of(expressions) -%}
    {{ adapter.dispatch('hash_of')(expressions) }}
{%- endmacro %}

{% macro default__hash_of(expressions) -%}
    hash({{ expressions | join(', ') }})
{%- endmacro %}

{# Spark's hash of this name has four bytes; this one passes over nulls, so that it takes
   a word on them to tell (a, null) from (null, a). #}
{% macro spark__hash_of(expressions) -%}
    xxhash64(
        {%- for expression in expressions %}
        {{ expression }}, {{ expression }} is null{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
