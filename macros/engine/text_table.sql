{#
    The rows of CSV or Parquet files, every column as text under its header without
    outer blanks: typing is staging's work, whatever the format.

    Argument:
        files: path or glob; of Parquet files where it ends in .parquet
#}
{% macro text_table(files) -%}
    {%- if (files | lower).endswith('.parquet') -%}
        (
            select cast(columns('^\s*(.*?)\s*$') as varchar) as '\1'
            from read_parquet(
                '{{ escape_single_quotes(files) }}',
                union_by_name = true, hive_partitioning = false
            )
        )
    {%- else -%}
        {{ csv_table(files) }}
    {%- endif -%}
{%- endmacro %}
