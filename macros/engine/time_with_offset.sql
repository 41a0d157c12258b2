{#
    The time in UTC that a text with an offset is, or null. The text has the form that
    the macro parse_time asks for.
#}
{% macro time_with_offset(text) -%}
    {{ adapter.dispatch('time_with_offset')(text) }}
{%- endmacro %}

{% macro default__time_with_offset(text) -%}
    timezone('UTC', try_cast({{ text }} as timestamp with time zone))
{%- endmacro %}

{# In Spark, too, "timestamp" is a time without a zone here: profiles.yml says so. #}
{% macro spark__time_with_offset(text) -%}
    cast(try_cast({{ text }} as timestamp_ltz) as timestamp)
{%- endmacro %}

{# Whether a text is a time, with or without an offset. #}
{% macro is_time(text) -%}
    {{ adapter.dispatch('is_time')(text) }}
{%- endmacro %}

{% macro default__is_time(text) -%}
    coalesce(isfinite(try_cast({{ text }} as timestamp)), false)
{%- endmacro %}

{# Spark alone would take "2025" for a time, and has no infinite one. #}
{% macro spark__is_time(text) -%}
    (
        try_cast({{ text }} as timestamp) is not null
        and regexp_like({{ text }}, '^ *[0-9]+-[0-9]+-[0-9]+')
    )
{%- endmacro %}
