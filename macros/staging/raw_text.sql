{#
    A declared column as text; null where it holds a word that means nothing. Of numbers
    the text is as it was read: to clean it costs more than to parse it.
#}
{% macro raw_text(column) -%}
    {%- set raw = quoted_name(column.header) -%}
    {%- set text = raw if column.type in ['number', 'rate'] else clean_text(raw) -%}
    {%- if column.missing_values -%}
        case
            when
                lower({{ clean_text(raw) }}) not in (
                    {%- for word in column.missing_values %}
                    {{ text_literal(word) }}{{ ',' if not loop.last }}
                    {%- endfor %}
                )
                then {{ text }}
        end
    {%- else -%}
        {{ text }}
    {%- endif -%}
{%- endmacro %}
