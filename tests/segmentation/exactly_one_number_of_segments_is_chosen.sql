-- With no number chosen an objective gets no model; with two, the later one hides the
-- other.
select
    objective,
    count(*) filter (where is_chosen) as chosen_count
from {{ ref('segment_count_scores') }}
group by all
having count(*) filter (where is_chosen) <> 1
