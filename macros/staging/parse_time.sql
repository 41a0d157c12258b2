{#
    An instant in UTC from text with an offset ("2025-12-31T23:59:00Z", "…+02:00"), or
    null. Never guesses: without an offset, it could be anybody's midnight.
#}
{% macro parse_time(column) -%}
    case
        {#- DuckDB alone would take the 31 of a date for an offset, +99:00 for one that
            there is, "infinity" for a time, and a missing offset for that of the
            machine, and 24:00 for the next day. #}
        when {{ is_match(column, time_pattern('[T ]', '(Z| UTC|', '[+-]')) }}
            then {{ time_with_offset(column) }}
        {#- The same in small letters, or with a blank before the offset. #}
        when
            {{ is_match(
                column, time_pattern('[Tt ]', '( ?[Zz]| [Uu][Tt][Cc]|', ' ?[+-]')
            ) }}
            then
                {{ time_with_offset(
                    "replace(replace(replace(upper(" ~ column
                    ~ "), ' +', '+'), ' -', '-'), ' Z', 'Z')"
                ) }}
    end
{%- endmacro %}

{# What a time looks like, given its parts that may be written in several ways. No place
   is more than 14 hours away from UTC. #}
{% macro time_pattern(between, utc, sign) -%}
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}{{ between }}([01][0-9]|2[0-3]):[0-9]{2}(:[0-9.]+)?'
    || '{{ utc }}{{ sign }}((0[0-9]|1[0-3])(:?[0-5][0-9])?|14(:?00)?))$'
{%- endmacro %}
