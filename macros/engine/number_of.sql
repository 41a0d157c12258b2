{# The number of type double that a text is, or null. #}
{% macro number_of(text) -%}
    {{ adapter.dispatch('number_of')(text) }}
{%- endmacro %}

{% macro default__number_of(text) -%}
    try_cast({{ text }} as double)
{%- endmacro %}

{# Spark alone would read "1d" and "0x1p3" as Java does, and DuckDB alone "1_000". #}
{% macro spark__number_of(text) -%}
    case
        when
            not regexp_like({{ text }}, '[xXdD]|[fF]$')
            or lower({{ text }}) in ('inf', '+inf', '-inf')
            then
                try_cast(
                    regexp_replace({{ text }}, '(?<=[0-9])_(?=[0-9])', '') as double
                )
    end
{%- endmacro %}
