{%- for name, models in sources_read().items() if models.checked %}
{{- 'union all' if not loop.first }}
select
    '{{ name }}' as source,
    row_number,
    rejection_reasons as reasons,
    raw_row
from {{ rejects_of(models) }}
where rejection_reasons is not null
{% endfor %}
