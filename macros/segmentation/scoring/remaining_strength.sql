{#
    The strength of a feature, or null where it is one of the reasons found so far,
    whose numbers are number_1, number_2, …

    Arguments:
        number: number of the feature
        found_count: how many reasons are found so far
#}
{% macro remaining_strength(number, found_count) -%}
    {%- if found_count == 0 -%} strength_{{ number }}
    {%- else -%}
    case
        when
            {%- for found in range(1, found_count + 1) %}
            {{ 'and ' if not loop.first }}number_{{ found }} <> {{ number }}
            {%- endfor %}
            then strength_{{ number }}
    end
    {%- endif -%}
{%- endmacro %}
