{#
    The time from which a build adds what it reads to an incremental model: that of the
    newest row in it, less the days of the variable late_arrival_days.

    Argument:
        column: its column with the time or day
#}
{% macro late_arrival_cutoff(column) -%}
    (
        select
            {#- Nothing is too late for a model without rows. #}
            coalesce(
                max({{ column }}) - interval {{ var('late_arrival_days') }} day,
                {{ earliest_time() }}
            )
        from {{ this }}
    )
{%- endmacro %}
