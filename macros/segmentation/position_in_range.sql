{#
    Where a transformed feature stands between its lowest value (0) and its highest (1),
    from the columns <feature>_minimum and <feature>_maximum; 0 where both are the same.
#}
{% macro position_in_range(feature, transform) -%}
    {%- set minimum = transformed(feature ~ '_minimum', transform) -%}
    {%- set maximum = transformed(feature ~ '_maximum', transform) -%}
    coalesce(
        ({{ transformed(feature, transform) }} - {{ minimum }})
        / nullif({{ maximum }} - {{ minimum }}, 0),
        0
    )
{%- endmacro %}
