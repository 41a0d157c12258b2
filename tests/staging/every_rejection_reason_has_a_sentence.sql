-- Who mends the file reads sentences, and the counts of reasons leave out a code that
-- has none.
with rejected_rows as (
    select
        source,
        {{ each_of("split(reasons, ', ')") }} as reason
    from {{ ref('stg_rejected_rows') }}
)

select
    rejected_rows.source,
    rejected_rows.reason,
    count(*) as row_count
from rejected_rows
left join {{ ref('stg_row_rules') }} as rejection_reasons
    on
        rejected_rows.source = rejection_reasons.source
        and rejected_rows.reason = rejection_reasons.reason
where rejection_reasons.reason is null
group by all
