-- The source of a feature decides whether it is protected and what is shuffled with it:
-- a source that is no column of the raw profiles escapes both.
{%- set raw_columns = adapter.get_columns_in_relation(ref('stg_users'))
    | map(attribute='name') | list %}

select
    feature,
    source
from {{ ref('feature_sources') }}
where
    source not in (
        {%- for column in raw_columns %}
        '{{ column }}'{{ ',' if not loop.last }}
        {%- endfor %}
    )
