{# The texts of a list as one text. #}
{% macro joined(list, separator) -%}
    {{ adapter.dispatch('joined')(list, separator) }}
{%- endmacro %}

{% macro default__joined(list, separator) -%}
    array_to_string({{ list }}, '{{ separator }}')
{%- endmacro %}

{% macro spark__joined(list, separator) -%}
    array_join({{ list }}, '{{ separator }}')
{%- endmacro %}
