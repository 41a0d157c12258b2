{#
    The raw profiles, every column as text: the seed, or the files that the variable
    user_profiles names.
#}
{% macro raw_user_profiles() -%}
    {#- Called whatever the variable says, so that the lineage always shows the seed. #}
    {%- set seed = ref('raw_user_profiles') -%}
    {%- set files = var('user_profiles') -%}
    {%- if not files -%}
        {{ seed }}
    {%- elif (files | lower).endswith('.parquet') -%}
        {#- As CSV is read, since the JSON of a rejected row could not hold nan. -#}
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
