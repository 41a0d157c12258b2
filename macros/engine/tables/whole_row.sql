{# A row of a relation, given by its alias, as one value. #}
{% macro whole_row(alias) -%}
    {{ adapter.dispatch('whole_row')(alias) }}
{%- endmacro %}

{% macro default__whole_row(alias) -%}
    {{ alias }}
{%- endmacro %}

{# To Spark an alias is no value. #}
{% macro spark__whole_row(alias) -%}
    struct({{ alias }}.*)
{%- endmacro %}

{# Such a value as JSON. #}
{% macro json_of(row) -%}
    {{ adapter.dispatch('json_of')(row) }}
{%- endmacro %}

{% macro default__json_of(row) -%}
    to_json({{ row }})
{%- endmacro %}

{# Spark leaves out what is null, as if the file had no such column. #}
{% macro spark__json_of(row) -%}
    to_json({{ row }}, map('ignoreNullFields', 'false'))
{%- endmacro %}
