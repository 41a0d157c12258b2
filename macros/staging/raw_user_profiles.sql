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
    {%- elif files.endswith('.parquet') -%}
        read_parquet('{{ escape_single_quotes(files) }}', union_by_name = true)
    {%- else -%}
        {{ csv_table(files) }}
    {%- endif -%}
{%- endmacro %}
