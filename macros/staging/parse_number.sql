{#
    A number from text, or null. Never guesses: neither "19,3" nor "1_000" is a number,
    unless numbers are declared to be written so.

    Arguments:
        column: the text
        format: what declared_format gives; the usual one where left out
#}
{% macro parse_number(column, format=none) -%}
    {%- if format is none or format.has_usual_numbers -%}
        {%- set text = 'cast(' ~ column ~ ' as string)' -%}
        coalesce({{ number_of(text) }}, {{ number_of(clean_text(column)) }})
    {%- else -%}
        {{ number_of(plain_number(clean_text(column), format)) }}
    {%- endif -%}
{%- endmacro %}
