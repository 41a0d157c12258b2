{# A text with every letter and its accents as one character where there is one (NFC):
   systems write "é" as one character or as two, and mean the same. #}
{% macro composed(text) -%}
    {{ adapter.dispatch('composed')(text) }}
{%- endmacro %}

{% macro default__composed(text) -%}
    nfc_normalize({{ text }})
{%- endmacro %}

{# Spark has a function of its own from 4.4 on only; the library that it brings along for
   languages has one. #}
{% macro spark__composed(text) -%}
    case
        when {{ text }} is not null
            then reflect('com.ibm.icu.text.Normalizer', 'compose', {{ text }}, false)
    end
{%- endmacro %}
