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
    from {{ ref('stg_declared_list_items') }}
),

attributes as (
    select distinct attribute
    from answers
),

known_counts as (
    select
        segment_sizes.objective,
        segment_sizes.segment_number,
        attributes.attribute,
        segment_sizes.user_count - coalesce(segment_answer_counts.user_count, 0)
            as known_user_count
    from segment_sizes
    cross join attributes
    left join segment_answer_counts
        on
            segment_sizes.objective = segment_answer_counts.objective
            and segment_sizes.segment_number = segment_answer_counts.segment_number
            and attributes.attribute = segment_answer_counts.attribute
            and segment_answer_counts.answer is null
),

-- Every segment with every known answer: an answer that nobody gave is a finding.
all_counts as (
    select
        known_counts.objective,
        known_counts.segment_number,
        known_counts.attribute,
        answers.answer,
        coalesce(segment_answer_counts.user_count, 0) as user_count,
        known_counts.known_user_count,
        nullif(known_counts.known_user_count, 0) as total
    from known_counts
    inner join answers on known_counts.attribute = answers.attribute
    left join segment_answer_counts
        on
            known_counts.objective = segment_answer_counts.objective
            and known_counts.segment_number = segment_answer_counts.segment_number
            and answers.attribute = segment_answer_counts.attribute
            and answers.answer = segment_answer_counts.answer
),

shares as (
    select
        *,
        user_count / total as share,
        sum(user_count) over (partition by objective, attribute, answer)
        / sum(total) over (partition by objective, attribute, answer)
            as population_share
    from all_counts
)

select
    objective,
    segment_number,
    attribute,
    answer,
    user_count,
    known_user_count,
    share,
    {{ wilson_bound('user_count', 'known_user_count', '-') }} as share_low,
    {{ wilson_bound('user_count', 'known_user_count', '+') }} as share_high,
    population_share,
    100 * share / nullif(population_share, 0) as index
from shares
