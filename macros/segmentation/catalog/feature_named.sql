{#
    The value of the feature whose name stands in a column; null where none does.

    Arguments:
        name: the column with the name
        users: a relation with a column for each feature
#}
{% macro feature_named(name, users) -%}
    cast(
        case {{ name }}
            {%- for row in catalog_features() %}
            when '{{ row.feature }}' then {{ users }}.{{ row.feature }}
            {%- endfor %}
        end as double
    )
{%- endmacro %}
