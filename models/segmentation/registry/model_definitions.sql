with objectives as (
    select * from {{ ref('objectives') }}
),

basis_features as (
    select * from {{ ref('basis_features') }}
),

-- How each feature is seen, but for its centre and scale: these follow the users.
definitions as (
    select
        objective,
        {{ ordered_text(
            "concat_ws(' ', feature, kind, transform, block, weight)", ', ', 'feature'
        ) }} as features
    from basis_features
    group by all
)

select
    objectives.objective,
    md5(
        concat_ws(
            '; ',
            objectives.technique,
            objectives.segment_count,
            case
                when objectives.segment_count = 'auto'
                    then objectives.fallback_segment_count
            end,
            definitions.features
        )
    ) as definition_fingerprint
from objectives
inner join definitions on objectives.objective = definitions.objective
