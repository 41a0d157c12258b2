{#
    The rows of text files of a declared format, every column as text under its header
    without outer blanks.

    Arguments:
        files: path or glob
        format: what declared_format gives
#}
{% macro declared_text(files, format) -%}
    {{ adapter.dispatch('declared_text')(files, format) }}
{%- endmacro %}

{% macro default__declared_text(files, format) -%}
    (
        {%- for group in text_groups(files, format) %}
        select
            {%- for column in group.columns %}
            {{ column.text }} as {{ quoted_name(column.header) }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from {{ group.relation }}
        {{- ' union all by name' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{#- Spark has no union by name in SQL: every part has the columns of all. #}
{% macro spark__declared_text(files, format) -%}
    (
        {%- set groups = spark_text_groups(files, format) %}
        {%- for group in groups %}
        {%- set texts = {} %}
        {%- for column in group.columns %}
            {%- do texts.update({column.header | lower: column.text}) %}
        {%- endfor %}
        select
            {%- for header in headers_of(groups) %}
            {{ texts.get(header | lower, 'cast(null as string)') }}
                as {{ quoted_name(header) }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from {{ group.relation }}
        {{- ' union all' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# Text files with the same header and line end, as they are grouped in
   src/user_segmentation/files/reading.py. #}
{% macro text_groups(files, format) %}
    {% do return(fromjson(local_value(
        "select text_groups(" ~ local_text(files) ~ ", " ~ local_text(tojson(format))
        ~ ")"
    ))) %}
{% endmacro %}

{# The same with relations and texts of Spark, which reads files of a cluster alone. #}
{% macro spark_text_groups(files, format) %}
    {% set groups = [] %}
    {% for group in ([none] if '://' in files else text_groups(files, format)) %}
        {% set glob = group.glob if group else files %}
        {% set is_lines = format.delimiter == ' ' %}
        {% if is_lines and (format.has_header or format.encoding != 'utf-8') %}
            {% do refuse("delimiter: ' ' in the meta of " ~ format.declared_in
                ~ ": Spark reads such files in UTF-8 and without a header only. Export "
                ~ files ~ " with commas between columns.") %}
        {% endif %}
        {% set relation = spark_lines(glob, format) if is_lines
            else spark_relation(glob, format) %}
        {% set names = [] %}
        {% for column in file_columns(relation) if not is_lines %}
            {% do names.append(column.name) %}
        {% endfor %}
        {% set columns = [] %}
        {% set headers = names if format.has_header else format.columns %}
        {% for column in (group.columns if group else placed_columns(headers)) %}
            {% set text = spark_line_field(column.place, format) if is_lines
                else adapter.quote(names[column.place]) %}
            {% if is_column_read(column.header, format) %}
                {% do columns.append({
                    'header': column.header, 'text': spark_decoded(text, format),
                }) %}
            {% endif %}
        {% endfor %}
        {% do groups.append({'relation': relation, 'columns': columns}) %}
    {% endfor %}
    {% do return(groups) %}
{% endmacro %}

{# Headers without outer blanks, each with its place. #}
{% macro placed_columns(names) %}
    {% set columns = [] %}
    {% for name in names %}
        {% do columns.append({'header': name | trim, 'place': loop.index0}) %}
    {% endfor %}
    {% do return(columns) %}
{% endmacro %}

{# The headers of some groups, each once. #}
{% macro headers_of(groups) %}
    {% set headers = {} %}
    {% for group in groups %}
        {% for column in group.columns %}
            {% do headers.setdefault(column.header | lower, column.header) %}
        {% endfor %}
    {% endfor %}
    {% do return(headers.values() | list) %}
{% endmacro %}

{# Spark takes windows-1252 for latin-1 only where an old setting says so. #}
{% macro spark_relation(glob, format) -%}
    csv.`{{ glob | replace('`', '``') }}`
    with (
        recursiveFileLookup = true, enforceSchema = false, multiLine = true,
        header = {{ format.has_header | lower }},
        sep = {{ text_literal(format.delimiter_as_read) }},
        quote = {{ text_literal(format.quote_as_read) }},
        escape = {{ text_literal(format.quote_as_read) }},
        encoding = '{{ {
            "latin-1": "ISO-8859-1", "windows-1252": "ISO-8859-1", "utf-16": "UTF-16",
        }.get(format.encoding, "UTF-8") }}'
    )
{%- endmacro %}

{# A text of windows-1252 that was read as latin-1. #}
{% macro spark_decoded(text, format) -%}
    {%- if format.encoding == 'windows-1252' -%}
        translate(
            {{ text }}, {{ text_literal(format.controls[0]) }},
            {{ text_literal(format.controls[1]) }}
        )
    {%- else -%}
        {{ text }}
    {%- endif -%}
{%- endmacro %}

{# Lines, and the fields in them. #}
{% macro spark_lines(glob, format) -%}
    (
        select
            regexp_extract_all(
                {#- A byte-order mark is no part of the first field. #}
                regexp_replace(value, concat('^', chr(65279)), ''),
                {{ text_literal(format.field_pattern) }}, 0
            ) as fields
        from text.`{{ glob | replace('`', '``') }}`
        with (recursiveFileLookup = true)
        where trim(translate(value, chr(9), ' ')) <> ''
    )
{%- endmacro %}

{% macro spark_line_field(place, format) -%}
    {%- set field = 'fields[' ~ place ~ ']' -%}
    {%- if format.quote -%}
        {%- set quote = text_literal(format.quote) -%}
        case
            when startswith({{ field }}, {{ quote }})
                then
                    replace(
                        substring({{ field }}, 2, length({{ field }}) - 2),
                        {{ text_literal(format.quote * 2) }}, {{ quote }}
                    )
            else {{ field }}
        end
    {%- else -%}
        {{ field }}
    {%- endif -%}
{%- endmacro %}
