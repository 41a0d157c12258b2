with segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

models_in_use as (
    select distinct
        objective,
        model_version
    from segment_sizes
),

training_mixes as (
    select all_mixes.*
    from {{ ref('training_mixes') }} as all_mixes
    inner join models_in_use
        on
            all_mixes.objective = models_in_use.objective
            and all_mixes.model_version = models_in_use.model_version
),

segments as (
    select * from {{ ref('segments') }}
),

-- A segment may have had no users then, or have none now.
mixes as (
    select
        coalesce(segment_sizes.objective, training_mixes.objective) as objective,
        coalesce(segment_sizes.segment_key, training_mixes.segment_key) as segment_key,
        coalesce(segment_sizes.segment_number, training_mixes.segment_number)
            as segment_number,
        coalesce(segment_sizes.model_version, training_mixes.model_version)
            as model_version,
        coalesce(segment_sizes.user_share, 0) as user_share,
        coalesce(training_mixes.user_share, 0) as training_share,
        sum(segment_sizes.user_count) over objectives as user_count,
        sum(training_mixes.user_count) over objectives as training_user_count
    from segment_sizes
    full join training_mixes
        on
            segment_sizes.objective = training_mixes.objective
            and segment_sizes.segment_number = training_mixes.segment_number
    window
        objectives as (
            partition by coalesce(segment_sizes.objective, training_mixes.objective)
        )
),

mix_stability as (
    select
        objective,
        {{ stability_columns() | indent(8) }}
    from mixes
    group by objective, training_user_count, user_count
),

bands as (
    select
        *,
        {{ drift_band('excess_index') }} as band
    from mix_stability
)

select
    mixes.objective,
    mixes.segment_key,
    mixes.segment_number,
    segments.segment_name,
    mixes.model_version,
    mixes.user_share,
    mixes.training_share as training_user_share,
    mixes.user_share - mixes.training_share as share_difference,
    bands.stability_index,
    bands.expected_index,
    bands.chance_limit,
    bands.excess_index,
    bands.band,
    case
        when bands.band = 'stable' then 'Nothing to do.'
        else
            'The segments have other shares of the users than when the model was '
            || 'trained: see in feature_drift what has moved. Shares alone train no '
            || 'model.'
    end as action
from mixes
inner join bands on mixes.objective = bands.objective
left join segments on mixes.segment_key = segments.segment_key
