-- The mart has no contract, for its columns are those of the declared users: a column
-- that is lost, or is there twice, would be missed by whoever reads it, without a word.
{%- set columns = adapter.get_columns_in_relation(ref('users'))
    | map(attribute='name') | list %}
{%- set expected = ['user_id', 'purchase_segment']
    + declared_columns() | map(attribute='name') | list
    + catalog_features() | rejectattr('source', 'in', unread_logs())
    | map(attribute='feature') | list %}
{%- for objective in objectives() -%}
{%- do expected.append(objective ~ '_segment') -%}
{%- endfor %}
{%- set problems = [] %}
{%- for column in expected | unique if columns.count(column) != 1 -%}
{%- do problems.append('users lacks the column ' ~ column) -%}
{%- endfor %}
{%- for column in columns if column not in expected -%}
{%- do problems.append('users has the column ' ~ column ~ ', which nothing declares') -%}
{%- endfor %}

{%- for problem in problems %}
select '{{ problem }}' as finding
{{ 'union all' if not loop.last }}
{%- else %}
select 'none' as finding
where false
{%- endfor %}
