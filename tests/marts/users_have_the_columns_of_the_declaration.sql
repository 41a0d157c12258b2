-- The mart has no contract, for its columns are those of the declared users: a column
-- that is lost, or is there twice, would be missed by whoever reads it, without a word.
{%- set built = adapter.get_columns_in_relation(ref('users'))
    | map(attribute='name') | list %}
{%- set listed = ['user_id', 'purchase_segment']
    + declared_columns() | map(attribute='name') | list
    + catalog_features() | rejectattr('source', 'in', unread_logs())
    | map(attribute='feature') | list %}
{%- for objective in objectives() %}
{%- do listed.append(objective ~ '_segment') %}
{%- endfor %}
{%- set problems = ['(null)'] %}
{%- for column in listed | unique if built.count(column) != 1 %}
{%- do problems.append("('users lacks the column " ~ column ~ "')") %}
{%- endfor %}
{%- for column in built if column not in listed %}
{%- do problems.append("('users has the column " ~ column
    ~ ", which nothing declares')") %}
{%- endfor %}
with problems (finding) as (values {{ problems | join(', ') }})

select *
from problems
where finding is not null
