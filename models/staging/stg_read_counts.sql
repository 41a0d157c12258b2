{{ config(materialized='table') }}

{% for name, models in sources_read().items() %}
{{- 'union all' if not loop.first }}
select
    '{{ name }}' as source,
    count(*) as read_count
from {{ ref(models.checked) if models.checked else source('raw', name) }}
{% endfor %}
