with segment_sizes as (
    select * from {{ ref('segment_sizes') }}
)

select
    objective,
    model_version,
    segment_number,
    segment_key,
    user_count,
    user_share
from segment_sizes
{%- if is_incremental() %}
where
    (objective, model_version) not in (
        select
            known_mixes.objective,
            known_mixes.model_version
        from {{ this }} as known_mixes
    )
{%- endif %}
