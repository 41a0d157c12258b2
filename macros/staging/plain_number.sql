{#
    The text of a number with a point in its decimals and nothing between its thousands,
    or null where it is not written as declared: never guesses, as "1.234" may be a
    thousand or one. The text as it is where numbers are written so anyway.

    Arguments:
        text: text without outer blanks
        format: what declared_format gives
#}
{% macro plain_number(text, format) -%}
    {%- if format is none or format.has_usual_numbers -%}
        {{ text }}
    {%- else -%}
        {%- set thousands = thousands_marks(format) -%}
        case
            when {{ is_match(text, declared_number_pattern(format)) }}
                then
                    replace(
                        translate({{ text }}, {{ thousands }}, ''),
                        '{{ format.decimal_separator }}', '.'
                    )
        end
    {%- endif -%}
{%- endmacro %}

{# Characters that may stand between thousands, as an expression. What is typed as a
   blank or an apostrophe is often written as another of them. #}
{% macro thousands_marks(format) -%}
    {%- if format.thousands_separator == ' ' -%}
        ' ' || chr(160) || chr(8239)
    {%- elif format.thousands_separator == "'" -%}
        chr(39) || chr(8217)
    {%- else -%}
        '{{ format.thousands_separator or '' }}'
    {%- endif -%}
{%- endmacro %}

{# What a number looks like, as an expression: thousands are three digits each. #}
{% macro declared_number_pattern(format) -%}
    {%- set grouped = "[0-9]{1,3}([' || " ~ thousands_marks(format) ~ " || '][0-9]{3})+|"
        if format.thousands_separator else '' -%}
    {%- set decimals = '[' ~ format.decimal_separator ~ ']' -%}
    '^[+-]?(({{ grouped }}[0-9]+)({{ decimals }}[0-9]*)?|{{ decimals }}[0-9]+)'
    || '([eE][+-]?[0-9]+)?$'
{%- endmacro %}
