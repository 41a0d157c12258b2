{#
    A number from text, or null. Never guesses: "19,3" is not a number, nor is "1_000",
    which DuckDB alone would read.
#}
{% macro parse_number(column) -%}
    {%- set text = 'cast(' ~ column ~ ' as string)' -%}
    case
        when {{ text }} not like '%^_%' escape '^'
            then
                coalesce(
                    {{ number_of(text) }},
                    {{ number_of(clean_text(column)) }}
                )
    end
{%- endmacro %}
