{#
    The code of the rule that a number breaks, or null. Reads <column>, the number, and
    <column>_text, what it was read from.

    Arguments:
        column: name of the number
        minimum, maximum: the smallest and the largest value allowed; none for no limit
        is_whole: whether a fraction breaks the rule
        is_rate: whether it may be written as a percentage
        may_be_missing: whether nothing breaks no rule
        exact: the number in a type of its own that it is kept in; its own where left out
        format: what declared_format gives; the usual one where left out
#}
{% macro number_problem(
    column, minimum, maximum, is_whole=false, is_rate=false, may_be_missing=false,
    exact=none, format=none
) -%}
    {%- set text = column ~ '_text' -%}
    {%- set written = plain_number(
        clean_text(without_percent(text) if is_rate else text), format
    ) -%}
    case
        {#- "nan" and "inf" read as numbers. #}
        when not coalesce({{ is_finite(column) }}, false)
            then
                case
                    when {{ clean_text(text) }} is null
                        then {{ 'null' if may_be_missing else "'" ~ column ~ "_missing'" }}
                    else '{{ column }}_not_a_number'
                end
        {%- if minimum is not none %}
        when {{ column }} < {{ minimum }} then '{{ column }}_below_{{ minimum }}'
        {%- endif %}
        {%- if maximum is not none %}
        when {{ column }} > {{ maximum }} then '{{ column }}_above_{{ maximum }}'
        {%- endif %}
        {%- if exact %}
        when {{ loses_digits(written, exact) }} then '{{ column }}_too_precise'
        {%- else %}
        when {{ double_loses_digits(
            text,
            parse_number(without_percent(text), format) if is_rate else column,
            written
        ) }}
            then '{{ column }}_too_precise'
        {%- endif %}
        {%- if is_whole %}
        when {{ column }} <> round({{ column }}) then '{{ column }}_not_a_whole_number'
        {%- endif %}
    end
{%- endmacro %}
