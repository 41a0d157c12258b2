{#
    A rate from 0 to 1 from text: "0.193" and "19.3%" are the same.

    Arguments:
        column: the text
        format: what declared_format gives; the usual one where left out
#}
{% macro parse_rate(column, format=none) -%}
    {%- set text = 'cast(' ~ column ~ ' as string)' -%}
    {%- set percentage = without_percent(column) -%}
    case
        when {{ text }} like '%^%%' escape '^'
            then
                case
                    when lower({{ text }}) like '%e%'
                        then {{ parse_number(percentage, format) }} / 100
                    {#- 19.3e-2 is 0.193, and 19.3 / 100 not always. #}
                    else {{ number_of(
                        plain_number(clean_text(percentage), format) ~ " || 'e-2'"
                    ) }}
                end
        else {{ parse_number(column, format) }}
    end
{%- endmacro %}

{# A text without the percent sign at its end. A blank after the sign, a no-break space
   too, goes with it. #}
{% macro without_percent(column) -%}
    regexp_replace(
        cast({{ column }} as string),
        '%[ ' || chr(9) || chr(10) || chr(12) || chr(13) || chr(160) || ']*$',
        ''
    )
{%- endmacro %}
