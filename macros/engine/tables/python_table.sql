{#
    The table of a Python model, on Spark's session method. What dbt-spark would write
    behind the model makes a frame of pandas-on-Spark of what it returns, in which null
    is nan.
#}
{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {%- if language == 'python' and adapter.config.credentials.method == 'session' %}
{{ compiled_code }}
session.write(
    model(dbtObj(session.table), session), "{{ relation }}", "{{ file_format() }}"
)
    {%- else -%}
        {{ dbt.spark__create_table_as(
            temporary, relation, compiled_code, language
        ) }}
    {%- endif -%}
{%- endmacro %}

{% macro file_format() -%}
    {{ config.get('file_format') }}
{%- endmacro %}
