{#
    Pairs of objective and feature, in lists of as many as one query may have: quartiles
    hold all the values that they are of in memory, and DuckDB cannot put them on disk.
    Thirty million values are some 500 MB, whatever the number of users.
#}
{% macro quartile_batches() %}
    {% set pairs = [] %}
    {% for row in catalog_features() if row.kind != 'flag' %}
        {% for objective in objectives() %}
            {% do pairs.append((objective, row.feature)) %}
        {% endfor %}
    {% endfor %}
    {% set counted = read_rows(ref('feature_statistics'), 'feature') %}
    {% set user_count = [counted[0].user_count if counted else 0, 1] | max %}
    {% do return(pairs | batch([30000000 // user_count, 1] | max) | list) %}
{% endmacro %}

{# A query for the quartiles of some pairs. #}
{% macro segment_quartiles_of(pairs) -%}
    {%- for objective, feature in pairs %}
    select
        '{{ objective }}' as objective,
        {{ objective }}_segment_number as segment_number,
        '{{ feature }}' as feature,
        {{ quartiles_of(feature) }} as quartiles
    from {{ ref('scored_users') }}
    where {{ objective }}_segment_number is not null
    group by {{ objective }}_segment_number
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# Adds the batches after the first to the table that the model made of that. #}
{% macro add_quartiles() %}
    {% for pairs in quartile_batches()[1:] %}
        {% do run_query('insert into ' ~ this ~ segment_quartiles_of(pairs)) %}
    {% endfor %}
{% endmacro %}
