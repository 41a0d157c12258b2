{# A query for the registry as the build before left it: what is trained goes by it. #}
{% macro registered_models() -%}
    {{ rows_of_last_build('segment_models') }}
{%- endmacro %}
