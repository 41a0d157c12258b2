{# The number of type double that a text is, or null. #}
{% macro number_of(text) -%}
    {{ adapter.dispatch('number_of')(text) }}
{%- endmacro %}

{# DuckDB alone would read "1_000", and "+-1" as -1. #}
{% macro default__number_of(text) -%}
    case
        when {{ text }} not like '%^_%' escape '^' and {{ text }} not like '%+-%'
            then try_cast({{ text }} as double)
    end
{%- endmacro %}

{# Spark alone would read "1d", "0x1p3" and control characters as Java does. #}
{% macro spark__number_of(text) -%}
    case
        when
            not regexp_like(
                {{ text }}, '[xXdD]|[0-9.][fF]\\s*$|[\\x00-\\x08\\x0e-\\x1f]'
            )
            then try_cast({{ text }} as double)
    end
{%- endmacro %}
