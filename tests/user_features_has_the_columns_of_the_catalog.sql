-- A feature without a row in the catalogue would be in no segment, profile or report;
-- a row without a feature would break all three.
{%- set built = adapter.get_columns_in_relation(ref('user_features'))
    | map(attribute='name') | list %}
{%- set listed = ['user_id'] + catalog_features() | map(attribute='feature') | list %}

with problems (column_name, problem) as (
    values
    {%- for column in listed if column not in built %}
    ('{{ column }}', 'in the catalogue, not in user_features'),
    {%- endfor %}
    {%- for column in built if column not in listed %}
    ('{{ column }}', 'in user_features, not in the catalogue'),
    {%- endfor %}
    (null, null)
)

select *
from problems
where column_name is not null
