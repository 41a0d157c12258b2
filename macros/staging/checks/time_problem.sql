{#
    The code of the rule that a time breaks, or null. Reads <column>, the time in UTC,
    and <column>_text, what it was read from.
#}
{% macro time_problem(column) -%}
    case
        when {{ column }}_text is null then '{{ column }}_missing'
        when {{ column }} is null
            then
                case
                    when
                        not {{ is_time(column ~ '_text') }}
                        {#- An offset that no place has. #}
                        or {{ is_match(
                            column ~ '_text', "':[0-9.:]+ ?[+-][0-9:]+$'"
                        ) }}
                        then '{{ column }}_not_a_time'
                    else '{{ column }}_without_offset'
                end
        when {{ column }} < timestamp '{{ var("earliest_date") }} 00:00:00'
            then '{{ column }}_before_earliest_date'
        when
            {{ column }}
            > timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}'
            then '{{ column }}_in_the_future'
    end
{%- endmacro %}
