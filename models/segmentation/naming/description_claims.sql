{%- set min_cell_size = var('min_cell_size') -%}

with feature_profiles as (
    select * from {{ ref('feature_profiles') }}
),

answer_profiles as (
    select * from {{ ref('answer_profiles') }}
),

-- A description stands where people read it who do not read profiles: it prints no
-- share of a flag that counts as few users as may not be shown.
features_to_tell as (
    select
        *,
        is_suppressed
        or (
            kind = 'flag'
            and {{ min_cell_size }} > 1
            and mean * user_count < {{ min_cell_size }} - 0.5
        ) as is_number_hidden
    from feature_profiles
    where is_distinctive and (role = 'basis' or is_outside_basis)
),

told_features as (
    select
        objective,
        segment_number,
        role = 'basis' as is_basis,
        is_outside_basis,
        source,
        feature,
        cast(null as string) as attribute,
        cast(null as string) as answer,
        feature as subject,
        abs(certain_difference) as effect,
        case when certain_difference > 0 then 'high' else 'low' end as direction,
        {{ lower_first('label') | indent(8) }}
        || case
            when kind = 'flag' and certain_difference > 0 then ' more often'
            when kind = 'flag' then ' less often'
            when certain_difference > 0 then ' above average'
            else ' below average'
        end
        || case
            when is_number_hidden then ''
            else
                ' ('
                || {{ readable_numbers('mean', 'population_mean', 'unit') }}
                || {{ known_words('known_share') }}
                || ')'
        end as words
    from features_to_tell
),

told_answers as (
    select
        objective,
        segment_number,
        false as is_basis,
        is_outside_basis,
        source,
        cast(null as string) as feature,
        attribute,
        answer,
        attribute || ': ' || answer as subject,
        -- What the standardised difference of a flag for the answer would be.
        abs(share - population_share)
        / nullif(sqrt(population_share * (1 - population_share)), 0) as effect,
        case when index > 100 then 'high' else 'low' end as direction,
        {{ label_of('attribute', is_inline=true) | indent(8) }}
        || ': '
        || answer
        || case when index > 100 then ' more often' else ' less often' end
        || ' ('
        || {{ readable_numbers('share', 'population_share', "'share'") }}
        || {{ known_words('known_share') }}
        || ')' as words
    from answer_profiles
    where is_distinctive
),

basis_claims as (
    select
        *,
        row_number() over (
            partition by objective, segment_number
            order by effect desc, feature asc
        ) as place
    from told_features
    where is_basis
),

leading_basis_claims as (
    select * from basis_claims
    where place <= 3
),

-- Every column of the profile speaks once: the answer Urban says nothing new where the
-- first sentence has it, and Female and Male say the same.
other_candidates as (
    select
        candidates.*,
        row_number() over (
            partition by
                candidates.objective,
                candidates.segment_number,
                candidates.source
            -- A flag and its answer have the same effect, but for rounding.
            order by round(candidates.effect, 9) desc, candidates.subject asc
        ) as place_in_source
    from (
        select * from told_features
        where not is_basis
        union all
        select * from told_answers
    ) as candidates
    anti join leading_basis_claims
        on
            candidates.objective = leading_basis_claims.objective
            and candidates.segment_number = leading_basis_claims.segment_number
            and candidates.source = leading_basis_claims.source
),

other_claims as (
    select
        *,
        row_number() over (
            partition by objective, segment_number
            order by is_outside_basis desc, round(effect, 9) desc, subject asc
        ) as place
    from other_candidates
    where place_in_source = 1
),

claims as (
    {%- for sentence, claims in [(1, 'leading_basis_claims'), (2, 'other_claims')] %}
    select
        objective,
        segment_number,
        {{ sentence }} as sentence,
        place,
        feature,
        attribute,
        answer,
        direction,
        words
    from {{ claims }}
    {{ 'union all' if not loop.last else 'where place <= 2' }}
    {%- endfor %}
)

select
    objective,
    segment_number,
    sentence,
    row_number() over (
        partition by objective, segment_number
        order by sentence, place
    ) as claim_rank,
    feature,
    attribute,
    answer,
    direction,
    words
from claims
