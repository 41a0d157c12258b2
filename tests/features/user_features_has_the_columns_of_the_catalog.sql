-- A feature without a row in the catalogue would be in no segment, profile or report;
-- a row without a feature would break all three.
{%- set built = adapter.get_columns_in_relation(ref('user_features'))
    | map(attribute='name') | list %}
{%- set listed = ['user_id'] + catalog_features() | map(attribute='feature') | list %}
{%- set problems = ['(null)'] %}
{%- for column in listed if column not in built %}
    {%- do problems.append("('feature_catalog has the feature " ~ column
        ~ ", which no model of models/features has as a column.')") %}
{%- endfor %}
{%- for column in built if column not in listed %}
    {%- do problems.append("('models/features has the column " ~ column
        ~ ", which no YAML file there describes as a feature.')") %}
{%- endfor %}
with problems (finding) as (values {{ problems | join(', ') }})

select *
from problems
where finding is not null
