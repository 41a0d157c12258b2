{# An aggregate: the nine deciles as a list, each one of the values. #}
{% macro deciles_of(expression) -%}
    {{ adapter.dispatch('deciles_of')(expression) }}
{%- endmacro %}

{% macro default__deciles_of(expression) -%}
    quantile_disc({{ expression }}, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
{%- endmacro %}

{#- Spark takes them one by one. A little less than the tenth, because the number of
    rows times 0.7 may come out above a whole number, and the place after it count. #}
{% macro spark__deciles_of(expression) -%}
    array(
        {%- for tenth in range(1, 10) %}
        percentile_disc({{ tenth / 10 }}D - 1e-12)
            within group (order by {{ expression }}){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
