with segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

segment_answer_counts as (
    select * from {{ ref('segment_answer_counts') }}
),

answers as (
    select
        attribute,
        answer
    from {{ ref('known_answers') }}
    union all
    select
        attribute,
        item as answer
    from {{ ref('declared_list_items') }}
),

-- Every segment with every known answer: an answer that nobody gave is a finding.
all_counts as (
    select
        segment_sizes.objective,
        segment_sizes.segment_number,
        answers.attribute,
        answers.answer,
        coalesce(segment_answer_counts.user_count, 0) as user_count,
        segment_sizes.user_count as segment_user_count
    from segment_sizes
    cross join answers
    left join segment_answer_counts
        on
            segment_sizes.objective = segment_answer_counts.objective
            and segment_sizes.segment_number = segment_answer_counts.segment_number
            and answers.attribute = segment_answer_counts.attribute
            and answers.answer = segment_answer_counts.answer
),

shares as (
    select
        *,
        user_count / segment_user_count as share,
        sum(user_count) over (partition by objective, attribute, answer)
        / sum(segment_user_count) over (partition by objective, attribute, answer)
            as population_share
    from all_counts
)

select
    objective,
    segment_number,
    attribute,
    answer,
    user_count,
    share,
    {{ wilson_bound('user_count', 'segment_user_count', '-') }} as share_low,
    {{ wilson_bound('user_count', 'segment_user_count', '+') }} as share_high,
    population_share,
    100 * share / nullif(population_share, 0) as index
from shares
