{# A rate from 0 to 1 from text: "0.193" and "19.3%" are the same. #}
{% macro parse_rate(column) -%}
    {%- set text = 'cast(' ~ column ~ ' as varchar)' -%}
    case
        when {{ text }} like '%\%%' escape '\'
            {#- Rounded, since 19.3 / 100 is 0.19300000000000003. #}
            then
                round(
                    {{ parse_number("regexp_replace(" ~ text ~ ", '\s*%\s*$', '')") }}
                    / 100,
                    12
                )
        else {{ parse_number(column) }}
    end
{%- endmacro %}
