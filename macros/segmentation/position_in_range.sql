{#
    Where a transformed feature stands between its lowest value (0) and its highest (1),
    from the columns <feature>_minimum and <feature>_maximum; 0 where both are the same,
    and null where it is not known.
#}
{% macro position_in_range(feature, transform) -%}
    {%- set minimum = transformed(feature ~ '_minimum', transform) -%}
    {%- set maximum = transformed(feature ~ '_maximum', transform) -%}
    case
        when {{ maximum }} > {{ minimum }}
            then
                ({{ transformed(feature, transform) }} - {{ minimum }})
                / ({{ maximum }} - {{ minimum }})
        when {{ feature }} is not null then 0
    end
{%- endmacro %}
