{# What a model is whose text is too long for some catalogs of views. #}
{% macro long_view() %}
    {% do return(adapter.dispatch('long_view')()) %}
{% endmacro %}

{% macro default__long_view() %}
    {% do return('view') %}
{% endmacro %}

{# The catalog that Spark brings along takes a view of at most 32,700 characters. #}
{% macro spark__long_view() %}
    {% do return('table') %}
{% endmacro %}
