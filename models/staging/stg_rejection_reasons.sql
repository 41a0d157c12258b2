with rejection_reasons as (
    select * from {{ ref('stg_row_rules') }}
),

rejected_rows as (
    select * from {{ ref('stg_rejected_rows') }}
),

-- Rows that break the same rules are counted first: a few lists to split, however many
-- rows there are.
reason_lists as (
    select
        source,
        reasons,
        count(*) as row_count
    from rejected_rows
    group by all
),

listed_reasons as (
    select
        source,
        {{ each_of("split(reasons, ', ')") }} as reason,
        row_count
    from reason_lists
)

select
    rejection_reasons.source,
    rejection_reasons.reason,
    rejection_reasons.sentence,
    cast(coalesce(sum(listed_reasons.row_count), 0) as bigint) as row_count
from rejection_reasons
left join listed_reasons
    on
        rejection_reasons.source = listed_reasons.source
        and rejection_reasons.reason = listed_reasons.reason
group by all
