{#
    Pairs of objective and feature, in lists of as many as one query may have: quartiles
    hold all the values that they are of in memory, and DuckDB cannot put them on disk.
    Thirty million values are some 500 MB, whatever the number of users.
#}
{% macro quartile_batches() %}
    {% set pairs = [] %}
    {% for row in catalog_features() if row.kind != 'flag' %}
        {% for objective in var('objectives') %}
            {% do pairs.append((objective, row.feature)) %}
        {% endfor %}
    {% endfor %}
    {% set user_count = read_rows(ref('feature_statistics'), 'feature')
        | map(attribute='user_count') | first | default(1, true) %}
    {% set batch_size = [30000000 // user_count, 1] | max %}
    {% do return(pairs | batch(batch_size) | list) %}
{% endmacro %}

{# A query for the quartiles of some pairs. #}
{% macro quartiles_of(pairs) -%}
    {%- for objective, feature in pairs %}
    select
        '{{ objective }}' as objective,
        {{ objective }}_segment_number as segment_number,
        '{{ feature }}' as feature,
        {{ quartile(feature, 0.25) }} as lower_quartile,
        {{ quartile(feature, 0.5) }} as median,
        {{ quartile(feature, 0.75) }} as upper_quartile
    from {{ ref('scored_users') }}
    where {{ objective }}_segment_number is not null
    group by all
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# Adds the batches after the first to the table that the model has made of it. #}
{% macro add_quartiles() %}
    {% for pairs in quartile_batches()[1:] %}
        {% do run_query('insert into ' ~ this ~ quartiles_of(pairs)) %}
    {% endfor %}
{% endmacro %}
