{#
    The rows of text or Parquet files, every column as text under its header without
    outer blanks: typing is staging's work, whatever the format.

    Arguments:
        files: path or glob; of Parquet files where it ends in .parquet
        identifiers: headers of the columns with identifiers, of which nan is none
        format: what declared_format gives; the usual one where left out
#}
{% macro text_table(files, identifiers=[], format=none) -%}
    {%- if is_usual_format(format) or (files | lower).endswith('.parquet') -%}
        {{ adapter.dispatch('text_table')(
            files, identifiers | map('lower') | list, format
        ) }}
    {%- else -%}
        {{ declared_text(files, format) }}
    {%- endif -%}
{%- endmacro %}

{#- Each file by the types of its own: where some have whole numbers and others
    fractions, DuckDB would make fractions of all, and of times without a zone those of
    the machine's. #}
{% macro default__text_table(files, identifiers, format) -%}
    {%- if not (files | lower).endswith('.parquet') -%}
        {{ csv_table(read_path(files)) }}
    {%- else -%}
        (
            {%- for group in column_groups(files) %}
            select
                {%- for column in group.columns
                    if is_column_read(column.header, format) %}
                {{ parquet_text(column, column.header | lower in identifiers, format) }}
                    as {{ quoted_name(column.header) }}
                {{- ',' if not loop.last }}
                {%- endfor %}
            from read_parquet(
                [{% for file in group.files -%}
                    {{ local_text(file) }}{{ ', ' if not loop.last }}
                {%- endfor %}],
                union_by_name = true, hive_partitioning = false
            )
            {{- ' union all by name' if not loop.last }}
            {%- endfor %}
        )
    {%- endif -%}
{%- endmacro %}

{#- Spark has no union by name in SQL: every part has the columns of all. #}
{% macro spark__text_table(files, identifiers, format) -%}
    (
        {%- set headers = file_headers(files, format) %}
        {%- for group in column_groups(files) %}
        {%- set texts = {} %}
        {%- for column in file_columns(files_relation(group.glob)) %}
            {%- set header = column.name | trim %}
            {%- do texts.update({
                header | lower: spark_text(
                    column, header | lower in identifiers, format
                )
            }) %}
        {%- endfor %}
        select
            {%- for header in headers %}
            {{ texts.get(header | lower, 'cast(null as string)') }}
                as {{ quoted_name(header) }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from {{ files_relation(group.glob) }}
        {{- ' union all' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# The place of files: relative paths start in the project's folder. #}
{% macro read_path(files) %}
    {% do return(
        local_value("select read_path(" ~ local_text(files) ~ ")") if execute else files
    ) %}
{% endmacro %}

{# Files whose columns have the same types, as they are grouped in
   src/user_segmentation/files/parquet_columns.py. Of files that are not on this machine,
   and of CSV, it is one group. #}
{% macro column_groups(files) %}
    {% if not (execute and files) %}
        {% do return([]) %}
    {% elif '://' in files or not (files | lower).endswith('.parquet') %}
        {% do return([{'glob': read_path(files)}]) %}
    {% endif %}
    {% do return(fromjson(
        local_value("select parquet_columns(" ~ local_text(files) ~ ")")
    )) %}
{% endmacro %}

{#
    A column of a Parquet file as text: whole numbers are whole whatever their type, and
    bytes are UTF-8, of which the file gate has made sure.

    Arguments:
        column: name and type
        is_identifier: whether it has identifiers
        format: what declared_format gives
#}
{% macro parquet_text(column, is_identifier, format) -%}
    {%- set name = quoted_name(column.name) -%}
    {%- if column.type in ('DOUBLE', 'FLOAT') -%}
        case
            when {{ name }} = trunc({{ name }}) and abs({{ name }}) < 9007199254740992
                {#- DuckDB may cast nan before it looks. #}
                then cast(try_cast({{ name }} as bigint) as varchar)
            {%- if is_identifier %}
            when isnan({{ name }}) then null
            {%- endif %}
            else {{ as_declared('cast(' ~ name ~ ' as varchar)', format) }}
        end
    {%- elif column.type.startswith('DECIMAL') -%}
        {{ as_declared(decimal_text(name, column.type), format) }}
    {%- elif column.type == 'BLOB' -%}
        decode({{ name }})
    {%- elif column.type in ('TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ_NS') -%}
        {#- By itself it would be in the zone of the machine. #}
        cast(timezone('UTC', {{ name }}) as varchar) || '+00'
    {%- else -%}
        cast({{ name }} as varchar)
    {%- endif -%}
{%- endmacro %}

{# The text of a number as it is declared that numbers are written. #}
{% macro as_declared(text, format) -%}
    {%- if format is none or format.decimal_separator == '.' -%}
        {{ text }}
    {%- else -%}
        replace({{ text }}, '.', '{{ format.decimal_separator }}')
    {%- endif -%}
{%- endmacro %}

{# A decimal as text, without the zeros behind its digits. #}
{% macro decimal_text(name, type) -%}
    {%- if type.endswith(',0)') -%}
        cast({{ name }} as string)
    {%- else -%}
        trim(trailing '.' from trim(trailing '0' from cast({{ name }} as string)))
    {%- endif -%}
{%- endmacro %}

{#
    Files as a relation of Spark, which by itself would make columns of folders such as
    "Age=65+", and take a header of the first file for that of all. A path that says
    nothing of where it is, is one of this machine.
#}
{% macro files_relation(files) -%}
    {%- set is_parquet = (files | lower).rstrip('}').endswith('.parquet') -%}
    {{ 'parquet' if is_parquet else 'csv' }}.`{{ files | replace('`', '``') }}`
    with (
        recursiveFileLookup = true,
        {%- if is_parquet %}
        mergeSchema = true
        {%- else %}
        header = true, enforceSchema = false, multiLine = true, quote = '"', escape = '"'
        {%- endif %}
    )
{%- endmacro %}

{# Columns of a relation as Spark sees them, with name and data_type. #}
{% macro file_columns(relation) %}
    {% do return(get_column_schema_from_query('select * from ' ~ relation)) %}
{% endmacro %}

{# Headers of files, each once, without outer blanks, as far as they are read. #}
{% macro file_headers(files, format=none) %}
    {% if not (is_usual_format(format) or (files | lower).endswith('.parquet')) %}
        {% do return(headers_of(spark_text_groups(files, format))) %}
    {% endif %}
    {% set groups = [] %}
    {% for group in column_groups(files) %}
        {% set columns = [] %}
        {% for column in file_columns(files_relation(group.glob))
            if is_column_read(column.name | trim, format) %}
            {% do columns.append({'header': column.name | trim}) %}
        {% endfor %}
        {% do groups.append({'columns': columns}) %}
    {% endfor %}
    {% do return(headers_of(groups)) %}
{% endmacro %}

{#
    A column as text, written as on DuckDB: Spark leaves out the offset of times, which
    staging asks for, and writes 12345678.0 as 1.2345678E7.

    Arguments:
        column: name and data_type
        is_identifier: whether it has identifiers
        format: what declared_format gives
#}
{% macro spark_text(column, is_identifier, format) -%}
    {%- set name = quoted_name(column.name) -%}
    {%- if column.data_type in ('timestamp', 'timestamp_ltz') -%}
        regexp_replace(
            date_format({{ name }}, 'yyyy-MM-dd HH:mm:ss.SSSSSSx'),
            '[.]?0+[+]00$', '+00'
        )
    {%- elif column.data_type in ('double', 'float') -%}
        case
            {#- To Spark nan equals itself. #}
            when isnan({{ name }}) then {{ 'null' if is_identifier else "'nan'" }}
            when abs({{ name }}) < 9007199254740992 and {{ name }} = floor({{ name }})
                then cast(cast({{ name }} as bigint) as string)
            else {{ as_declared('cast(' ~ name ~ ' as string)', format) }}
        end
    {%- elif column.data_type.startswith('decimal') -%}
        {{ as_declared(decimal_text(name, column.data_type), format) }}
    {%- else -%}
        cast({{ name }} as string)
    {%- endif -%}
{%- endmacro %}
