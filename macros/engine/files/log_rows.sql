{#
    The rows of a declared log in the columns of its source, every one as text. What
    cannot be read as it is declared stays as it is written, for the row gate to reject.

    Arguments:
        source: the source
        log: the declared table
        files: path or glob
#}
{% macro log_rows(source, log, files) -%}
    {%- set format = declared_format(log) -%}
    {%- set made = fromjson(local_value(
        "select log_columns(" ~ local_text(log_declaration(source.name, log)) ~ ")"
    )) -%}
    {%- set fields, contents, is_key_made = {}, [], [] -%}
    {%- for header in log.columns -%}
        {%- set field = 'field_' ~ loop.index -%}
        {%- do fields.update({header: field}) -%}
        {%- do contents.append(
            "coalesce(cast(length(" ~ field ~ ") as string) || ':' || " ~ field ~ ", '-')"
        ) -%}
    {%- endfor -%}
    {%- for column in made.values() if column.rule == 'key' -%}
        {%- do is_key_made.append(true) -%}
    {%- endfor -%}
    with file_rows as (
        select
            {%- for header, field in fields.items() %}
            cast({{ quoted_name(header) }} as string) as {{ field }},
            {%- endfor %}
            {{ number_as_read() }} as place
        from {{ text_table(files, identifiers_of(log), format) }} as files
    )
    {%- if is_key_made %},

    row_contents as (
        select
            *,
            md5({{ contents | join(" || ") }}) as content
        from file_rows
    ),

    -- Equal rows are told apart by their number, whatever their order.
    placed_rows as (
        select
            *,
            row_number() over (partition by content order by place) as content_number
        from row_contents
    )
    {%- endif %}

    select
        {%- for name in source.columns %}
        {{ log_value(made.get(name), fields, format) }} as {{ name }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ 'placed_rows' if is_key_made else 'file_rows' }}
    {%- if is_key_made %}
    order by place
    {%- endif %}
{%- endmacro %}

{#
    A column of a log from the fields of a declared table, as text.

    Arguments:
        column: the rule, as log_columns in src/user_segmentation/declaration/logs.py
            says; none for a column that the table does not have
        fields: name of each field, by header
        format: what declared_format gives
#}
{% macro log_value(column, fields, format) -%}
    {%- set field = fields.get((column or {}).header) -%}
    {%- if not column -%} cast(null as string)
    {%- elif column.rule == 'constant' -%} {{ text_literal(column.value) }}
    {%- elif column.rule == 'key' -%}
    content || '-' || cast(content_number as string)
    {%- elif column.rule == 'time' -%}
    coalesce(
        {{ time_text(clean_text(field), column.format, column.time_zone or var('time_zone')) }},
        {{ field }}
    )
    {%- elif column.rule == 'number' -%} {{ number_text(field, format) }}
    {%- elif column.rule == 'size' -%}
    regexp_replace({{ number_text(field, format) }}, '^ *-', '')
    {%- elif column.rule == 'is_negative' -%}
    case when {{ clean_text(field) }} like '-%' then 'true' else 'false' end
    {%- elif column.rule == 'flag' -%}
    case
        when lower({{ clean_text(field) }}) in ({{ text_literals(column.no) }}) then 'false'
        when lower({{ clean_text(field) }}) in ({{ text_literals(column.yes) }}) then 'true'
        else {{ field }}
    end
    {%- else -%} {{ field }}
    {%- endif -%}
{%- endmacro %}

{# A number that is written as declared, with a point in its decimals. What is not must
   not pass for one: "1.234" where the comma is declared is a thousand or nothing. #}
{% macro number_text(field, format) -%}
    {%- if format.has_usual_numbers -%} {{ field }}
    {%- else -%}
    coalesce(
        {{ plain_number(clean_text(field), format) }},
        {{ field }} || ' (not as declared)'
    )
    {%- endif -%}
{%- endmacro %}

{#
    A time on the clocks of a zone as text with an offset, or null. Codes that follow one
    another with nothing between must have all their digits: 1997101 may be two days.

    Arguments:
        text: clean text
        format: codes of strptime
        time_zone: the zone
#}
{% macro time_text(text, format, time_zone) -%}
    {%- set time = parse_local_time(text, format) -%}
    {%- set in_utc = "cast(" ~ time_from_zone(time, time_zone) ~ " as string) || '+00'" -%}
    {%- if modules.re.search('%[A-Za-z]%', format) -%}
    case when {{ local_time_text(time, format) }} = {{ text }} then {{ in_utc }} end
    {%- else -%} {{ in_utc }}
    {%- endif -%}
{%- endmacro %}
