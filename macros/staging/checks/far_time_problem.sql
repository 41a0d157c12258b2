{#
    The code of the rule that a time breaks which is on no day of its log, or null.

    Arguments:
        column: the time in UTC
        first_day, last_day: the days that the log supports
#}
{% macro far_time_problem(column, first_day, last_day) -%}
    {%- set day = 'cast(' ~ local_time(column) ~ ' as date)' -%}
    case
        when {{ day }} < {{ first_day }} then '{{ column }}_before_the_log'
        when {{ day }} > {{ last_accepted_day(last_day) }}
            then '{{ column }}_after_the_log'
    end
{%- endmacro %}

{# The last day of a log, or the variable as_of_date: its user says that it goes on. #}
{% macro last_accepted_day(last_day) -%}
    {%- set as_of_date = var('as_of_date') -%}
    {{ "greatest(" ~ last_day ~ ", date '" ~ as_of_date ~ "')" if as_of_date
        else last_day }}
{%- endmacro %}
