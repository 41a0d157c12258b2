{#
    A date from clean text in a format, or null.

    Arguments:
        text: the text
        format: codes of strptime, such as %d.%m.%Y
#}
{% macro parse_date(text, format) -%}
    {{ adapter.dispatch('parse_date')(text, format) }}
{%- endmacro %}

{% macro default__parse_date(text, format) -%}
    cast(try_strptime({{ text }}, {{ text_literal(format) }}) as date)
{%- endmacro %}

{#- Spark has letters of its own for what the codes say. #}
{% macro spark__parse_date(text, format) -%}
    {%- set letters = {
        '%Y': 'yyyy', '%m': 'MM', '%d': 'dd', '%y': 'yy', '%b': 'MMM', '%B': 'MMMM',
        '%H': 'HH', '%M': 'mm', '%S': 'ss', '%f': 'SSSSSS', 'T': "'T'",
    } -%}
    {%- set pattern = namespace(text=format) -%}
    {%- for code, letter in letters.items() -%}
        {%- set pattern.text = pattern.text | replace(code, letter) -%}
    {%- endfor -%}
    cast(try_to_timestamp({{ text }}, {{ text_literal(pattern.text) }}) as date)
{%- endmacro %}
