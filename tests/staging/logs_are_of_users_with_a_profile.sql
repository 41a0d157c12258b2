-- Identifiers that are written otherwise in the log than in the profiles (u-1 for 1)
-- would leave most users without activity, and the build green.
{{ config(severity='warn') }}

select
    source,
    finding
from {{ ref('user_log_matches') }}
where finding is not null
order by source
