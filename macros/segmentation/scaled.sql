{#
    A feature as the model sees it: transformed, centred, scaled and clipped.

    Argument:
        scale: a dict with feature, transform, center, scale and clip
#}
{% macro scaled(scale) -%}
    {%- set clip = double_literal(scale.clip) -%}
    least(
        greatest(
            ({{ transformed(scale.feature, scale.transform) }}
            - {{ double_literal(scale.center) }}) / {{ double_literal(scale.scale) }},
            -{{ clip }}
        ),
        {{ clip }}
    )
{%- endmacro %}
