{# When this build started, in UTC: the one time of all that it does. #}
{% macro built_at() -%}
    cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}' as timestamp)
{%- endmacro %}

{# dbt's own clock of snapshots, which ticks on within a build. #}
{% macro duckdb__snapshot_get_time() %}
    {% do return(built_at()) %}
{% endmacro %}
