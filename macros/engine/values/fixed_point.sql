{#
    A number as text with a number of decimal places. It is rounded before it is printed,
    to the nearest number * 10 ^ places, since C prints 0.015 as 0.01 and Java as 0.02.

    Arguments:
        number, places: expressions
#}
{% macro fixed_point(number, places) -%}
    {%- set rounded -%}
    round({{ number }} * pow(10, {{ places }})) / pow(10, {{ places }})
    {%- endset -%}
    {{ adapter.dispatch('printed')(rounded, places) }}
{%- endmacro %}

{% macro default__printed(number, places) -%}
    printf('%.' || {{ places }} || 'f', {{ number }})
{%- endmacro %}

{#- Of null Java would make the text "nu". #}
{% macro spark__printed(number, places) -%}
    case
        when {{ number }} is not null
            then format_string('%.' || {{ places }} || 'f', {{ number }})
    end
{%- endmacro %}
