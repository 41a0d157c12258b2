{#
    A number as text with a number of decimal places.

    Arguments:
        number, places: expressions
#}
{% macro fixed_point(number, places) -%}
    {{ adapter.dispatch('fixed_point')(number, places) }}
{%- endmacro %}

{% macro default__fixed_point(number, places) -%}
    printf('%.' || {{ places }} || 'f', {{ number }})
{%- endmacro %}

{#- Java would round the half of the last place up, and C rounds it to even; of null it
    would make the text "nu". #}
{% macro spark__fixed_point(number, places) -%}
    case
        when {{ number }} is not null
            then
                format_string(
                    '%.' || {{ places }} || 'f',
                    rint({{ number }} * pow(10, {{ places }})) / pow(10, {{ places }})
                )
    end
{%- endmacro %}
