{#
    A date from clean text in a format, or null.

    Arguments:
        text: the text
        format: codes of strptime, such as %d.%m.%Y
#}
{% macro parse_date(text, format) -%}
    cast({{ parse_local_time(text, format) }} as date)
{%- endmacro %}
