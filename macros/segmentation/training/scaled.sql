{#
    A feature as the model sees it: transformed, centred, scaled and clipped; null where
    it is not known of the user.

    Argument:
        scale: a dict with feature, transform, center, scale and clip
#}
{% macro scaled(scale) -%}
    {%- set clip = double_literal(scale.clip) -%}
    {%- set unclipped -%}
        ({{ transformed(scale.feature, scale.transform) }}
        - {{ double_literal(scale.center) }}) / {{ double_literal(scale.scale) }}
    {%- endset -%}
    {#- DuckDB computes what is repeated once; least(greatest()) costs twice as much. -#}
    case
        {%- if scale.clip | float == 0 %}
        when true then cast(0 as double)
        {%- endif %}
        when {{ unclipped }} > {{ clip }} then {{ clip }}
        when {{ unclipped }} < -{{ clip }} then -{{ clip }}
        else {{ unclipped }}
    end
{%- endmacro %}
