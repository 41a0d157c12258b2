-- The source of a feature decides whether it is protected and what is shuffled with it:
-- a source that is neither a column of the raw profiles nor a log escapes both.
{%- set columns = adapter.get_columns_in_relation(ref('stg_users')) %}

select
    feature,
    source
from {{ ref('feature_sources') }}
where
    source not in (
        {%- for column in columns %}
        '{{ column.name }}',
        {%- endfor %}
        {{ log_names() }}
    )
