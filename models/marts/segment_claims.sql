{%- set limits = distinctive_limits() -%}

with name_claims as (
    select * from {{ ref('name_claims') }}
),

description_claims as (
    select * from {{ ref('description_claims') }}
),

feature_profiles as (
    select * from {{ ref('feature_profiles') }}
),

answer_profiles as (
    select * from {{ ref('answer_profiles') }}
),

segments as (
    select * from {{ ref('segments') }}
),

claims as (
    select
        objective,
        segment_number,
        'name' as place,
        trait_rank as claim_rank,
        words,
        feature,
        cast(null as string) as attribute,
        cast(null as string) as answer,
        direction,
        cast(null as double) as least_difference
    from name_claims
    union all
    select
        objective,
        segment_number,
        'description' as place,
        claim_rank,
        words,
        feature,
        attribute,
        answer,
        direction,
        {{ limits.difference }} as least_difference
    from description_claims
)

select
    segments.objective,
    segments.segment_key,
    segments.segment_name,
    cast(
        row_number() over (
            partition by segments.segment_key
            order by claims.place desc, claims.claim_rank asc
        ) as integer
    ) as claim_number,
    claims.place,
    claims.words,
    claims.feature,
    claims.attribute,
    claims.answer,
    claims.direction,
    coalesce(feature_profiles.unit, 'share') as unit,
    case
        when feature_profiles.is_suppressed then null
        else coalesce(feature_profiles.mean, answer_profiles.share)
    end as observed_value,
    case
        when feature_profiles.is_suppressed then null
        else coalesce(
            feature_profiles.user_count, answer_profiles.known_user_count
        )
    end as known_user_count,
    coalesce(feature_profiles.population_mean, answer_profiles.population_share)
        as population_value,
    case when claims.feature is null then 'index' else 'standardised_difference' end
        as statistic,
    coalesce(feature_profiles.certain_difference, answer_profiles.index)
        as evidence,
    -- A name that was given for more is kept for less.
    cast(
        case
            when claims.feature is null and claims.direction = 'high'
                then {{ limits.index_high }}
            when claims.feature is null then {{ limits.index_low }}
            else
                case when claims.direction = 'high' then 1 else -1 end
                * coalesce(
                    claims.least_difference,
                    case
                        when
                            abs(feature_profiles.certain_difference)
                            >= {{ limits.named_difference }}
                            then {{ limits.named_difference }}
                        else {{ limits.kept_difference }}
                    end
                )
        end as double
    ) as threshold,
    coalesce(feature_profiles.q_value, answer_profiles.q_value) as q_value,
    coalesce(feature_profiles.is_outside_basis, answer_profiles.is_outside_basis)
        as is_outside_basis
from claims
inner join segments
    on
        claims.objective = segments.objective
        and claims.segment_number = segments.segment_number
left join feature_profiles
    on
        claims.objective = feature_profiles.objective
        and claims.segment_number = feature_profiles.segment_number
        and claims.feature = feature_profiles.feature
left join answer_profiles
    on
        claims.objective = answer_profiles.objective
        and claims.segment_number = answer_profiles.segment_number
        and claims.attribute = answer_profiles.attribute
        and claims.answer = answer_profiles.answer
