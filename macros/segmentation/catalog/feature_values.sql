{#
    The features of the catalogue below one another: rows of feature and value.

    Arguments:
        users: a relation with a column for each feature
        kept: its columns that every row keeps
#}
{% macro feature_values(users, kept=[]) -%}
    {%- set rows = [] -%}
    {%- for row in catalog_features() -%}
        {%- do rows.append({
            'feature': "'" ~ row.feature ~ "'",
            'value': 'cast(' ~ row.feature ~ ' as double)',
        }) -%}
    {%- endfor -%}
    {{ stacked(users, rows, kept) }}
{%- endmacro %}
