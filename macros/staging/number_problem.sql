{#
    The code of the rule that a number breaks, or null. Reads <column>, the number, and
    <column>_text, what it was read from.

    Arguments:
        column: name of the number
        maximum: the largest value allowed; the smallest is 0
        is_whole: whether a fraction breaks the rule
#}
{% macro number_problem(column, maximum, is_whole=false) -%}
    case
        {#- "nan" and "inf" read as numbers. #}
        when not coalesce({{ is_finite(column) }}, false)
            then
                case
                    when {{ clean_text(column ~ '_text') }} is null
                        then '{{ column }}_missing'
                    else '{{ column }}_not_a_number'
                end
        when {{ column }} < 0 then '{{ column }}_below_0'
        when {{ column }} > {{ maximum }} then '{{ column }}_above_{{ maximum }}'
        {%- if is_whole %}
        when {{ column }} <> round({{ column }}) then '{{ column }}_not_a_whole_number'
        {%- endif %}
    end
{%- endmacro %}
