with ordered_traits as (
    select * from {{ ref('ordered_traits') }}
    where trait_rank <= 4
),

kept_names as (
    select * from {{ ref('taken_names') }}
    where is_kept
),

remembered_traits as (
    select * from {{ ref('remembered_traits') }}
),

taken_names as (
    select * from {{ ref('taken_names') }}
),

kept_claims as (
    select
        remembered_traits.objective,
        remembered_traits.segment_number,
        remembered_traits.trait_rank,
        remembered_traits.feature,
        remembered_traits.direction,
        remembered_traits.words
    from remembered_traits
    semi join kept_names
        on
            remembered_traits.objective = kept_names.objective
            and remembered_traits.segment_number = kept_names.segment_number
    where remembered_traits.part = 'name'
),

-- The noun of the strongest trait, the adjectives of the others.
new_words as (
    select
        objective,
        segment_number,
        trait_rank,
        feature,
        direction,
        case when trait_rank = 1 then noun else adjective end as words
    from ordered_traits
),

-- Arts fans who react are those who react and are arts fans: a name is what it says, in
-- any order.
kept_traits as (
    select
        objective,
        segment_number,
        {{ ordered_text("feature || ' ' || direction", ', ', 'feature') }} as traits
    from kept_claims
    group by objective, segment_number
),

-- From short to long: each says one trait more than the one before.
candidates as (
    {%- for trait_count in [2, 3] %}
    select
        objective,
        segment_number,
        {{ trait_count }} as trait_count,
        {{ ordered_text(
            "feature || ' ' || direction", ', ', 'feature',
            'trait_rank <= ' ~ trait_count
        ) }} as traits,
        {{ name_words(trait_count) }} as name_words
    from new_words
    group by objective, segment_number
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

unshared_candidates as (
    select candidates.*
    from candidates
    anti join kept_traits
        on
            candidates.objective = kept_traits.objective
            and candidates.traits = kept_traits.traits
    qualify
        count(*) over (
            partition by candidates.objective, candidates.trait_count, candidates.traits
        ) = 1
        and count(*) over (
            partition by
                candidates.objective, candidates.trait_count, candidates.name_words
        ) = 1
),

lengths as (
    select
        unshared_candidates.objective,
        unshared_candidates.segment_number,
        min(unshared_candidates.trait_count) as trait_count
    from unshared_candidates
    anti join taken_names
        on
            unshared_candidates.objective = taken_names.objective
            and unshared_candidates.segment_number <> taken_names.segment_number
            and lower(unshared_candidates.name_words) = lower(taken_names.name_words)
    group by all
),

new_claims as (
    select new_words.*
    from new_words
    left join lengths
        on
            new_words.objective = lengths.objective
            and new_words.segment_number = lengths.segment_number
    where new_words.trait_rank <= coalesce(lengths.trait_count, 4)
)

select * from kept_claims
union all
select * from new_claims
