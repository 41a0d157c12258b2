-- A row that is neither accepted nor rejected is lost without a word.
with rows_read as (
    select count(*) as row_count from {{ raw_user_profiles() }}
),

rows_accepted as (
    select count(*) as row_count from {{ ref('stg_users') }}
),

rows_rejected as (
    select count(*) as row_count from {{ ref('stg_rejected_rows') }}
)

select
    rows_read.row_count as read_count,
    rows_accepted.row_count as accepted_count,
    rows_rejected.row_count as rejected_count
from rows_read
cross join rows_accepted
cross join rows_rejected
where rows_read.row_count <> rows_accepted.row_count + rows_rejected.row_count
