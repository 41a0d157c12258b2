{#
    The fingerprint of files as text: file_fingerprint in
    src/user_segmentation/files/gate.py.

    Argument:
        files: path or glob
#}
{% macro fingerprint_of(files) -%}
    {{ adapter.dispatch('fingerprint_of')(files) }}
{%- endmacro %}

{% macro default__fingerprint_of(files) -%}
    file_fingerprint({{ local_text(files) }})
{%- endmacro %}

{#- The files are where dbt runs, which the workers of a cluster need not reach. #}
{% macro spark__fingerprint_of(files) -%}
    '{{ local_value("select file_fingerprint(" ~ local_text(files) ~ ")") if execute }}'
{%- endmacro %}
