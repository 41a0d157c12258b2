{#
    Whether a pattern is found in a text.

    Argument:
        pattern: a regular expression as an expression of SQL, without backslashes, which
            Spark reads as escapes
#}
{% macro is_match(text, pattern) -%}
    {{ adapter.dispatch('is_match')(text, pattern) }}
{%- endmacro %}

{% macro default__is_match(text, pattern) -%}
    regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}

{% macro spark__is_match(text, pattern) -%}
    regexp_like({{ text }}, {{ pattern }})
{%- endmacro %}
