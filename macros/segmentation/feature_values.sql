{#
    The features of the catalogue below one another: rows of feature and value.

    Argument:
        users: a relation with a column for each feature
#}
{% macro feature_values(users) -%}
    {%- set rows = [] -%}
    {%- for row in catalog_features() -%}
        {%- do rows.append({
            'feature': "'" ~ row.feature ~ "'",
            'value': 'cast(' ~ row.feature ~ ' as double)',
        }) -%}
    {%- endfor -%}
    {{ stacked(users, rows) }}
{%- endmacro %}
