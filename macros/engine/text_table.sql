{#
    The rows of CSV or Parquet files, every column as text under its header without
    outer blanks: typing is staging's work, whatever the format.

    Argument:
        files: path or glob; of Parquet files where it ends in .parquet
#}
{% macro text_table(files) -%}
    {{ adapter.dispatch('text_table')(files) }}
{%- endmacro %}

{% macro default__text_table(files) -%}
    {%- if (files | lower).endswith('.parquet') -%}
        (
            select cast(columns('^\s*(.*?)\s*$') as varchar) as '\1'
            from read_parquet(
                {{ local_text(files) }},
                union_by_name = true, hive_partitioning = false
            )
        )
    {%- else -%}
        {{ csv_table(files) }}
    {%- endif -%}
{%- endmacro %}

{# Spark cannot rename columns by a pattern: they are named one by one. #}
{% macro spark__text_table(files) -%}
    (
        select
            {%- for column in file_columns(files) %}
            {{ text_of(column) }} as {{ adapter.quote(column.name | trim) }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from {{ files_relation(files) }}
    )
{%- endmacro %}

{#
    Files as a relation of Spark, which by itself would make columns of folders such as
    "Age=65+", and take a header of the first file for that of all. A path that says
    nothing of where it is, is one of this machine.
#}
{% macro files_relation(files) -%}
    {%- set is_parquet = (files | lower).endswith('.parquet') -%}
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

{# Columns of files as Spark sees them, with name and data_type. #}
{% macro file_columns(files) %}
    {% if not (execute and files) %}
        {% do return([]) %}
    {% endif %}
    {% do return(get_column_schema_from_query('select * from ' ~ files_relation(files))) %}
{% endmacro %}

{# A column as text, written as DuckDB does: Spark leaves out the offset of times, which
   staging asks for, and writes 12345678.0, an identifier maybe, as 1.2345678E7. #}
{% macro text_of(column) -%}
    {%- set name = adapter.quote(column.name) -%}
    {%- if column.data_type in ('timestamp', 'timestamp_ltz') -%}
        regexp_replace(
            date_format({{ name }}, 'yyyy-MM-dd HH:mm:ss.SSSSSSx'),
            '[.]?0+[+]00$', '+00'
        )
    {%- elif column.data_type in ('double', 'float') -%}
        case
            when {{ name }} = floor({{ name }}) and abs({{ name }}) < 1e15
                then cast(cast({{ name }} as decimal(16, 1)) as string)
            else cast({{ name }} as string)
        end
    {%- else -%}
        cast({{ name }} as string)
    {%- endif -%}
{%- endmacro %}
