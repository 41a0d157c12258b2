-- A file that is cut off, or a column that is filled with one answer, breaks no rule of
-- any row: only beside the build before it looks wrong.
{{ config(severity='warn') }}

select
    measure,
    subject,
    finding
from {{ ref('input_changes') }}
where is_sudden
order by measure desc, subject asc
