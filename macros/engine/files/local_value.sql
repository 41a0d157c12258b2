{#
    The first value of a query about files of this machine, or with one of the project's
    own functions in Python: DuckDB answers it whatever engine builds the models.
#}
{% macro local_value(query) %}
    {% do return(adapter.dispatch('local_value')(query)) %}
{% endmacro %}

{% macro default__local_value(query) %}
    {% do return(run_query(query)[0][0]) %}
{% endmacro %}

{# Spark runs elsewhere, and has no function of the driver; a DuckDB in it has them. #}
{% macro spark__local_value(query) %}
    {% do return(adapter.local_rows(query)[1][0]) %}
{% endmacro %}

{# A text in such a query. #}
{% macro local_text(text) -%}
    '{{ text | string | replace("'", "''") }}'
{%- endmacro %}

{# Whether the path of files is one that the file gate can look at. #}
{% macro is_local(files) %}
    {% do return(adapter.dispatch('is_local')(files)) %}
{% endmacro %}

{# The file gate refuses other paths. #}
{% macro default__is_local(files) %}
    {% do return(true) %}
{% endmacro %}

{# Where a cluster keeps its files, Spark reads them, and nobody else here can. #}
{% macro spark__is_local(files) %}
    {% set is_local = '://' not in files %}
    {% do log("The structure of " ~ files ~ " is not checked: it is no path of this "
        ~ "machine.", info=true) if not is_local %}
    {% do return(is_local) %}
{% endmacro %}
