-- A new objective gets segments by itself; the contract of the users mart does not
-- grow by itself, and its segments would be missing there without a word.
{%- set columns = adapter.get_columns_in_relation(ref('users'))
    | map(attribute='name') | list %}

select
    'Objective ' || objective || ': models/marts/users.sql and users.yml have no '
    || 'column ' || objective || '_segment. Add it to both.' as finding
from {{ ref('objectives') }}
where
    objective || '_segment' not in (
        ''
        {%- for column in columns %},
        '{{ column }}'
        {%- endfor %}
    )
order by objective
