-- A new objective gets segments by itself; the contract of the users mart does not
-- grow by itself, and its segments would be missing there without a word.
{%- set columns = adapter.get_columns_in_relation(ref('users'))
    | map(attribute='name') | list %}

select
    objective,
    objective || '_segment' as missing_column
from {{ ref('objectives') }}
where
    objective || '_segment' not in (
        ''
        {%- for column in columns %},
        '{{ column }}'
        {%- endfor %}
    )
