{#
    Whether a pattern is found in a text.

    Argument:
        pattern: a regular expression as an expression of SQL, without backslashes, which
            Spark reads as escapes; $ is its end only
#}
{% macro is_match(text, pattern) -%}
    {{ adapter.dispatch('is_match')(text, pattern) }}
{%- endmacro %}

{% macro default__is_match(text, pattern) -%}
    regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}

{# To Java an end may have a line break behind it: here nothing follows. #}
{% macro spark__is_match(text, pattern) -%}
    regexp_like({{ text }}, replace({{ pattern }}, '$', '(?![^_]|_)'))
{%- endmacro %}
