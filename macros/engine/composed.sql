{# A text with letters and their accents as one character each (Unicode's form NFC). #}
{% macro composed(text) -%}
    {{ adapter.dispatch('composed')(text) }}
{%- endmacro %}

{% macro default__composed(text) -%}
    nfc_normalize({{ text }})
{%- endmacro %}

{# Spark has no function for it. #}
{% macro spark__composed(text) -%}
    {{ text }}
{%- endmacro %}
