{#
    A time without a zone from clean text in a format, or null.

    Arguments:
        text: the text
        format: codes of strptime, such as %d.%m.%Y %H:%M
#}
{% macro parse_local_time(text, format) -%}
    {{ adapter.dispatch('parse_local_time')(text, format) }}
{%- endmacro %}

{% macro default__parse_local_time(text, format) -%}
    try_strptime({{ text }}, {{ text_literal(format) }})
{%- endmacro %}

{% macro spark__parse_local_time(text, format) -%}
    try_to_timestamp({{ text }}, {{ text_literal(spark_pattern(format)) }})
{%- endmacro %}

{# Such a time as text in the format. #}
{% macro local_time_text(time, format) -%}
    {{ adapter.dispatch('local_time_text')(time, format) }}
{%- endmacro %}

{% macro default__local_time_text(time, format) -%}
    strftime({{ time }}, {{ text_literal(format) }})
{%- endmacro %}

{% macro spark__local_time_text(time, format) -%}
    date_format({{ time }}, {{ text_literal(spark_pattern(format)) }})
{%- endmacro %}

{# Spark has letters of its own for what the codes say. #}
{% macro spark_pattern(format) -%}
    {%- set letters = {
        '%Y': 'yyyy', '%m': 'MM', '%d': 'dd', '%y': 'yy', '%b': 'MMM', '%B': 'MMMM',
        '%H': 'HH', '%M': 'mm', '%S': 'ss', '%f': 'SSSSSS', 'T': "'T'",
    } -%}
    {%- set pattern = namespace(text=format) -%}
    {%- for code, letter in letters.items() -%}
        {%- set pattern.text = pattern.text | replace(code, letter) -%}
    {%- endfor -%}
    {%- do return(pattern.text) -%}
{%- endmacro %}

{# The time in UTC of one on the clocks of a zone. #}
{% macro time_from_zone(time, time_zone) -%}
    {{ adapter.dispatch('time_from_zone')(time, time_zone) }}
{%- endmacro %}

{% macro default__time_from_zone(time, time_zone) -%}
    timezone('UTC', timezone('{{ escape_single_quotes(time_zone) }}', {{ time }}))
{%- endmacro %}

{% macro spark__time_from_zone(time, time_zone) -%}
    convert_timezone('{{ escape_single_quotes(time_zone) }}', 'UTC', {{ time }})
{%- endmacro %}
