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
        {#- What is on this machine is read as UTF-8. #}
        {% set encoding = 'utf-8' if group else format.encoding %}
        {% set is_lines = format.delimiter == ' ' %}
        {% if is_lines and (format.has_header or encoding != 'utf-8') %}
            {% do refuse("delimiter: ' ' in the meta of " ~ format.declared_in
                ~ ": Spark reads such files in UTF-8 and without a header only. Export "
                ~ files ~ " with commas between columns.") %}
        {% endif %}
        {% set relation = spark_lines(glob, format) if is_lines
            else spark_relation(glob, encoding, format) %}
        {% set names = [] %}
        {% for column in file_columns(relation) if not is_lines %}
            {% do names.append(column.name) %}
        {% endfor %}
        {% set columns = [] %}
        {% set headers = names if format.has_header else format.columns %}
        {% for column in (group.columns if group else placed_columns(headers)) %}
            {% set text = spark_line_field(column.place, format) if is_lines
                else quoted_name(names[column.place]) %}
            {% if is_column_read(column.header, format) %}
                {% do columns.append({
                    'header': column.header, 'text': text,
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

{# Text files as a relation of Spark. #}
{% macro spark_relation(glob, encoding, format) -%}
    csv.`{{ glob | replace('`', '``') }}`
    with (
        recursiveFileLookup = true, enforceSchema = false, multiLine = true,
        header = {{ format.has_header | lower }},
        sep = {{ text_literal(format.delimiter) }},
        quote = {{ text_literal(format.quote) }},
        escape = {{ text_literal(format.quote) }},
        encoding = '{{ "ISO-8859-1" if encoding == "latin-1" else encoding }}'
    )
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
