{# A rate from 0 to 1 from text: "0.193" and "19.3%" are the same. #}
{% macro parse_rate(column) -%}
    {%- set text = 'cast(' ~ column ~ ' as string)' -%}
    {#- A blank after the sign, a no-break space too, goes with it. -#}
    {%- set percentage = "regexp_replace(" ~ text ~ ", '%[ ' || chr(9) || chr(10) || chr(12) || chr(13)"
        ~ " || chr(160) || ']*$', '')" -%}
    case
        when {{ text }} like '%^%%' escape '^'
            {#- Rounded, since 19.3 / 100 is 0.19300000000000003. #}
            then round({{ parse_number(percentage) }} / 100, 12)
        else {{ parse_number(column) }}
    end
{%- endmacro %}
