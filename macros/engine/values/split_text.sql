{#
    A text as a list of what stands between separators; Spark takes these for patterns.

    Arguments:
        text: the text
        separator: the separator itself, as it is
#}
{% macro split_text(text, separator) -%}
    {{ adapter.dispatch('split_text')(text, separator) }}
{%- endmacro %}

{% macro default__split_text(text, separator) -%}
    split({{ text }}, {{ text_literal(separator) }})
{%- endmacro %}

{% macro spark__split_text(text, separator) -%}
    split({{ text }}, {{ text_literal('\\Q' ~ separator ~ '\\E') }})
{%- endmacro %}
