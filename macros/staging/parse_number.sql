{# A number from text, or null. Never guesses: neither "19,3" nor "1_000" is a number. #}
{% macro parse_number(column) -%}
    {%- set text = 'cast(' ~ column ~ ' as string)' -%}
    coalesce({{ number_of(text) }}, {{ number_of(clean_text(column)) }})
{%- endmacro %}
