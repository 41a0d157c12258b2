{#
    The raw profiles, every column as text: the seed, or the files that the variable
    user_profiles names.
#}
{% macro raw_user_profiles() -%}
    {#- Called whatever the variable says, so that the lineage always shows the seed. #}
    {%- set seed = ref('raw_user_profiles') -%}
    {%- set files = var('user_profiles') -%}
    {%- if files and execute -%}
        {%- set node = graph.nodes['seed.user_segmentation.raw_user_profiles'] -%}
        {{ text_table(files, identifiers_of(node)) }}
    {%- else -%}
        {{ seed }}
    {%- endif -%}
{%- endmacro %}
