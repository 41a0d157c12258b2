{# The rows of CSV files, every column as text under its header without outer blanks.
   What a file looks like is said, not sniffed: a wrong guess would move values between
   columns, take rows that begin with # for comments, or ages from a folder "Age=65+". #}
{% macro csv_table(files) -%}
    (
        select columns('^\s*(.*?)\s*$') as '\1'
        from read_csv(
            {{ local_text(files) }},
            header = true, delim = ',', quote = '"', escape = '"', comment = '', skip = 0,
            all_varchar = true, union_by_name = true, hive_partitioning = false
        )
    )
{%- endmacro %}
