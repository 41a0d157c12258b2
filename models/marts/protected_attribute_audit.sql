{%- set protected_sources = text_literals(protected_sources() or ['']) -%}

with segment_shares as (
    select *
    from {{ ref('segment_shares') }}
    where attribute in ({{ protected_sources }})
),

disclosed_shares as (
    select *
    from {{ ref('disclosed_shares') }}
    where attribute in ({{ protected_sources }})
),

segments as (
    select * from {{ ref('segments') }}
),

segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

totals as (
    select
        objective,
        sum(user_count) as user_count
    from segment_sizes
    group by objective
),

known_shares as (
    select
        known_counts.objective,
        known_counts.attribute,
        case
            when not {{ is_hidden('known_counts.user_count') }}
                then known_counts.user_count / totals.user_count
        end as known_share
    from (
        select
            objective,
            attribute,
            sum(user_count) as user_count
        from segment_shares
        group by objective, attribute
    ) as known_counts
    inner join totals on known_counts.objective = totals.objective
),

-- Of a segment of whose users no answer is known nothing can be said.
cells as (
    select
        *,
        nullif(
            sum(user_count) over (partition by objective, attribute, segment_number), 0
        ) as segment_user_count,
        sum(user_count) over (partition by objective, attribute, answer)
            as answer_user_count
    from segment_shares
),

-- Pearson's chi squared, divided by the number of users, of segments and answers.
contingencies as (
    select
        objective,
        attribute,
        sum(user_count) as user_count,
        count(distinct segment_number) filter (where segment_user_count > 0)
            as segment_count,
        count(distinct answer) filter (where answer_user_count > 0) as answer_count,
        {{ exact_sum(
            '(user_count / segment_user_count)'
            ~ ' * (user_count / nullif(answer_user_count, 0))'
        ) }} - 1 as phi_squared
    from cells
    group by all
),

-- What chance adds to each, with as many segments and answers, is taken off.
corrected_contingencies as (
    select
        objective,
        attribute,
        phi_squared
        - (segment_count - 1) * (answer_count - 1) / nullif(user_count - 1, 0)
            as corrected_phi_squared,
        segment_count - 1 - pow(segment_count - 1, 2) / nullif(user_count - 1, 0)
            as segment_freedom,
        answer_count - 1 - pow(answer_count - 1, 2) / nullif(user_count - 1, 0)
            as answer_freedom
    from contingencies
),

associations as (
    select
        objective,
        attribute,
        -- At full precision it would tell a hidden count: all others are known.
        {{ rounded(
            'sqrt(
                greatest(corrected_phi_squared, 0)
                / nullif(least(segment_freedom, answer_freedom), 0)
            )', 2
        ) }} as cramers_v
    from corrected_contingencies
),

ranked_differences as (
    select
        *,
        row_number() over (
            partition by objective, attribute
            -- The shares of two answers differ as much, but for rounding.
            order by
                round(abs(share - population_share), 12) desc,
                segment_number asc,
                answer asc
        ) as difference_rank
    from disclosed_shares
    where not is_suppressed and share is not null
)

select
    associations.objective,
    associations.attribute,
    {{ label_of('associations.attribute') | indent }} as attribute_label,
    known_shares.known_share,
    -- With one segment, one answer, or no two users alike, nothing goes with anything.
    coalesce(associations.cramers_v, 0) as cramers_v,
    cast({{ var('max_protected_association') }} as double) as threshold,
    coalesce(associations.cramers_v, 0) > {{ var('max_protected_association') }}
        as is_flagged,
    abs(ranked_differences.share - ranked_differences.population_share)
        as largest_share_difference,
    segments.segment_key as most_different_segment_key,
    segments.segment_name as most_different_segment_name,
    ranked_differences.answer as most_different_answer,
    ranked_differences.share,
    ranked_differences.population_share
from associations
left join known_shares
    on
        associations.objective = known_shares.objective
        and associations.attribute = known_shares.attribute
left join ranked_differences
    on
        associations.objective = ranked_differences.objective
        and associations.attribute = ranked_differences.attribute
        and ranked_differences.difference_rank = 1
left join segments
    on
        ranked_differences.objective = segments.objective
        and ranked_differences.segment_number = segments.segment_number
