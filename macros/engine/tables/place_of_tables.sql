{# Where the tables of a build are, in words. #}
{% macro place_of_tables() %}
    {% do return(adapter.dispatch('place_of_tables')()) %}
{% endmacro %}

{% macro default__place_of_tables() %}
    {% do return(target.path) %}
{% endmacro %}

{# Spark has no file of them all. #}
{% macro spark__place_of_tables() %}
    {% do return("the catalog of Spark") %}
{% endmacro %}
