{# A list of all days from one to another, as dates or as their midnights. #}
{% macro days_from(first_time, last_time) -%}
    {{ adapter.dispatch('days_from')(first_time, last_time) }}
{%- endmacro %}

{% macro default__days_from(first_time, last_time) -%}
    generate_series(
        date_trunc('day', {{ first_time }}), {{ last_time }}, interval 1 day
    )
{%- endmacro %}

{% macro spark__days_from(first_time, last_time) -%}
    sequence(cast({{ first_time }} as date), cast({{ last_time }} as date))
{%- endmacro %}
