{#
    The value of a declared column of a number, a flag or a date, or null.

    Arguments:
        column: the column
        text: what it was read from
        format: that of the files, as declared_format gives it
#}
{% macro typed_value(column, text, format) -%}
    {%- if column.type == 'number' -%} {{ parse_number(text, format) }}
    {%- elif column.type == 'rate' -%} {{ parse_rate(text, format) }}
    {%- elif column.type == 'date' -%} {{ parse_date(text, column.format) }}
    {%- elif column.type == 'flag' -%}
    case
        {%- for answer, spellings in column.spellings.items() %}
        when lower({{ text }}) in (
            {%- for spelling in spellings %}
            {{- text_literal(spelling) }}{{ ', ' if not loop.last }}
            {%- endfor -%}
        ) then {{ text_literal(answer) }}
        {%- endfor %}
    end
    {%- endif -%}
{%- endmacro %}
