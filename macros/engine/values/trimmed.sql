{# A text without the characters of another at both its ends. #}
{% macro trimmed(text, characters) -%}
    {{ adapter.dispatch('trimmed')(text, characters) }}
{%- endmacro %}

{% macro default__trimmed(text, characters) -%}
    trim({{ text }}, {{ characters }})
{%- endmacro %}

{# Spark's trim takes these two the other way round. #}
{% macro spark__trimmed(text, characters) -%}
    btrim({{ text }}, {{ characters }})
{%- endmacro %}
