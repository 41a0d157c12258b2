-- An answer that the seeds do not list would fall out of the profiles without a word.
-- Of interests a user may name several.
select
    objective,
    segment_number,
    attribute,
    sum(share) as total_share
from {{ ref('segment_shares') }}
where attribute <> 'interest'
group by all
having abs(sum(share) - 1) > 1e-9
