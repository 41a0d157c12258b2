{#
    The raw profiles, every column as text: the seed, the files that the variable
    user_profiles names, or those of the declared table that it names.
#}
{% macro raw_user_profiles() -%}
    {#- Called whatever is read, so that the lineage shows it. #}
    {%- set table = ref('raw_user_profiles') if is_case_study()
        else source('files', declared_table()) -%}
    {%- if execute and (var('user_profiles') or not is_case_study()) -%}
        {{ text_table(
            source_files('user_profiles'), identifiers_of(declared_node()),
            declared_format(declared_node())
        ) }}
    {%- else -%}
        {{ table }}
    {%- endif -%}
{%- endmacro %}
