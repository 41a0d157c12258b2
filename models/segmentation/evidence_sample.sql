select *
from {{ ref('training_users') }}
where sample_rank <= 5000
