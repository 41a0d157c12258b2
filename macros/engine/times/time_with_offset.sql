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

{# In Spark, too, "timestamp" is a time without a zone here: profiles.yml says so. Spark
   asks for seconds before an offset. #}
{% macro spark__time_with_offset(text) -%}
    cast(
        try_cast(
            regexp_replace(
                {{ text }}, '([T ][0-9]{2}:[0-9]{2})(Z| UTC|[+-])', '$1:00$2'
            ) as timestamp_ltz
        ) as timestamp
    )
{%- endmacro %}

{# Whether a text is a time, with or without an offset. #}
{% macro is_time(text) -%}
    {{ adapter.dispatch('is_time')(text) }}
{%- endmacro %}

{% macro default__is_time(text) -%}
    coalesce(
        isfinite(try_cast({{ text }} as timestamp))
        and not regexp_matches({{ text }}, '[T ]24:'),
        false
    )
{%- endmacro %}

{# Spark alone would take "2025" for a time, and DuckDB alone 24:00, "epoch" and a time
   with an offset of no place; Spark has no infinite time. #}
{% macro spark__is_time(text) -%}
    coalesce(
        {{ text }} = 'epoch'
        or regexp_like({{ text }}, '^ *[0-9]+-[0-9]+-[0-9]+')
        and try_cast(
            regexp_replace(
                {{ text }},
                '([T ][0-9]+:[0-9:.]+)( ?[Uu][Tt][Cc]|[Zz]| ?[+-][0-9:]+) *$',
                '$1'
            ) as timestamp
        ) is not null,
        false
    )
{%- endmacro %}
