-- Who objected and has no profile may be somebody with one, under another identifier.
-- The first ten are told, and how many there are.
{{ config(severity='warn') }}

with objections as (
    select
        user_id,
        row_number,
        row_number() over (order by row_number, user_id) as place,
        count(*) over () as objection_count
    from {{ ref('stg_unmatched_objections') }}
    where row_number is not null
)

select
    case
        when place <= 10
            then
                'The objection of "' || user_id || '", row ' || row_number
                || ' after the header of consents, is of no user: look whether the '
                || 'identifier is right, or give the alias.'
        else
            'And ' || (objection_count - 10) || ' objections more are of no user: '
            || 'staging.stg_unmatched_objections has them.'
    end as finding
from objections
where place <= 11
order by place
