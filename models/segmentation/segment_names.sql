with segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

name_claims as (
    select * from {{ ref('name_claims') }}
),

words as (
    select
        segment_sizes.objective,
        segment_sizes.segment_number,
        max(name_claims.words) filter (where name_claims.trait_rank = 1) as noun,
        max(name_claims.words) filter (where name_claims.trait_rank = 2) as adjective,
        {{ ordered_text(
            'name_claims.words', ', ', 'name_claims.trait_rank',
            'name_claims.trait_rank > 2'
        ) }} as further_adjectives
    from segment_sizes
    left join name_claims
        on
            segment_sizes.objective = name_claims.objective
            and segment_sizes.segment_number = name_claims.segment_number
    group by all
),

names as (
    select
        objective,
        segment_number,
        coalesce(nullif(concat_ws(' ', adjective, noun), ''), 'other users')
        || coalesce(' (' || further_adjectives || ')', '') as lower_name
    from words
),

-- Where words do not tell segments apart, a number does.
unique_names as (
    select
        *,
        case
            when count(*) over (partition by objective, lower_name) > 1
                then
                    ' ' || row_number() over (
                        partition by objective, lower_name
                        order by segment_number
                    )
            else ''
        end as suffix
    from names
)

select
    objective,
    segment_number,
    upper(left(lower_name, 1)) || substring(lower_name, 2) || suffix as rule_name
from unique_names
