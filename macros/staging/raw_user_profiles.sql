{#
    The raw profiles, every column as text: the seed, the files that the variable
    user_profiles names, or those of the declared table that it names.
#}
{% macro raw_user_profiles() -%}
    {#- Called whatever is read, so that the lineage shows it. #}
    {%- set table = source('files', declared_table())
        if has_profiles() and not is_case_study() else ref('raw_user_profiles') -%}
    {%- if execute and source_files('user_profiles') and var('user_profiles') -%}
        {{ text_table(
            source_files('user_profiles'), identifiers_of(declared_node()),
            declared_format(declared_node())
        ) }}
    {%- else -%}
        {{ table }}
    {%- endif -%}
{%- endmacro %}
