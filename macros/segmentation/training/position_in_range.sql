{#
    Where a transformed feature stands between the lowest value that counts (0) and the
    highest (1), from the columns <feature>_minimum and <feature>_maximum. Outliers
    stand at the ends; null where it is not known.
#}
{% macro position_in_range(feature, transform) -%}
    {%- set minimum = transformed(feature ~ '_minimum', transform) -%}
    {%- set maximum = transformed(feature ~ '_maximum', transform) -%}
    case
        when {{ feature }} <= {{ feature }}_minimum then 0
        when {{ feature }} >= {{ feature }}_maximum then 1
        else
            ({{ transformed(feature, transform) }} - {{ minimum }})
            / ({{ maximum }} - {{ minimum }})
    end
{%- endmacro %}
