{%- set limits = distinctive_limits() -%}

with leading_traits as (
    select * from {{ ref('leading_traits') }}
    where may_name
),

kept_names as (
    select * from {{ ref('taken_names') }}
    where is_kept
),

remembered_traits as (
    select * from {{ ref('remembered_traits') }}
    where part = 'name'
),

known_differences as (
    select * from {{ ref('disclosed_statistics') }}
    where is_known_to_name and not is_suppressed
),

new_traits as (
    select leading_traits.*
    from leading_traits
    anti join kept_names
        on
            leading_traits.objective = kept_names.objective
            and leading_traits.segment_number = kept_names.segment_number
),

-- Arts fans who react are those who react and are arts fans.
new_names as (
    select
        objective,
        segment_number,
        {{ ordered_text('trait', ', ', 'trait', 'trait_rank <= 2') }} as traits
    from new_traits
    group by objective, segment_number
),

names as (
    select * from new_names
    union all
    select
        remembered_traits.objective,
        remembered_traits.segment_number,
        {{ ordered_text('remembered_traits.trait', ', ', 'remembered_traits.trait') }}
            as traits
    from remembered_traits
    semi join kept_names
        on
            remembered_traits.objective = kept_names.objective
            and remembered_traits.segment_number = kept_names.segment_number
    group by remembered_traits.objective, remembered_traits.segment_number
),

rivals as (
    select
        new_names.objective,
        new_names.segment_number,
        names.segment_number as rival_number
    from new_names
    inner join names
        on
            new_names.objective = names.objective
            and new_names.segment_number <> names.segment_number
            and new_names.traits = names.traits
),

told_rivals as (
    select
        new_traits.objective,
        new_traits.segment_number,
        new_traits.feature,
        count(*) as told_rival_count
    from new_traits
    inner join rivals
        on
            new_traits.objective = rivals.objective
            and new_traits.segment_number = rivals.segment_number
    inner join known_differences
        on
            rivals.objective = known_differences.objective
            and rivals.rival_number = known_differences.segment_number
            and new_traits.feature = known_differences.feature
    where
        case when new_traits.direction = 'high' then 1 else -1 end
        * (
            new_traits.certain_difference
            - known_differences.certain_difference
        )
        >= {{ limits.named_difference }}
    group by new_traits.objective, new_traits.segment_number, new_traits.feature
)

select
    new_traits.objective,
    new_traits.segment_number,
    new_traits.feature,
    new_traits.direction,
    new_traits.trait,
    new_traits.adjective,
    new_traits.noun,
    row_number() over (
        partition by new_traits.objective, new_traits.segment_number
        order by
            least(new_traits.trait_rank, 3) asc,
            coalesce(told_rivals.told_rival_count, 0) desc,
            new_traits.trait_rank asc
    ) as trait_rank
from new_traits
left join told_rivals
    on
        new_traits.objective = told_rivals.objective
        and new_traits.segment_number = told_rivals.segment_number
        and new_traits.feature = told_rivals.feature
