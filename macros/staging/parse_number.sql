{#
    A number from text, or null. Never guesses: "19,3" is not a number, nor is "1_000",
    which DuckDB alone would read.
#}
{% macro parse_number(column) -%}
    {%- set text = 'cast(' ~ column ~ ' as varchar)' -%}
    case
        when {{ text }} not like '%\_%' escape '\'
            then
                coalesce(
                    try_cast({{ text }} as double),
                    try_cast({{ clean_text(column) }} as double)
                )
    end
{%- endmacro %}
