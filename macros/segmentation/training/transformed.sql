{# A feature after the transform that the catalogue names. #}
{% macro transformed(feature, transform) -%}
    {%- if transform == 'log1p' -%} ln(1 + {{ feature }})
    {%- elif transform == 'none' -%} {{ feature }}
    {%- else -%}
        {%- do refuse(
            "The transform of " ~ feature ~ " is '"
            ~ transform ~ "'; it can be 'none' or 'log1p'."
        ) -%}
    {%- endif -%}
{%- endmacro %}
