-- Readers know what every segment and every answer hides in total: the segment's size
-- (for interests, times their mean number) or the answer's share of all users, less
-- what is shown. That must be two cells or more and not a few users, or else all of it.
with segment_totals as (
    select
        segments.segment_key,
        segments.user_count,
        round(segments.user_count * segment_traits.mean) as interest_count,
        sum(segments.user_count) over (partition by segments.objective)
            as objective_user_count
    from {{ ref('segments') }} as segments
    inner join {{ ref('segment_traits') }} as segment_traits
        on segments.segment_key = segment_traits.segment_key
    where segment_traits.feature = 'interest_count'
),

cells as (
    select
        segment_answers.objective,
        segment_answers.attribute,
        segment_answers.segment_key,
        segment_answers.answer,
        segment_answers.is_suppressed,
        segment_answers.user_count,
        segment_totals.user_count as segment_total,
        round(segment_answers.population_share * segment_totals.objective_user_count)
            as answer_total
    from {{ ref('segment_answers') }} as segment_answers
    inner join segment_totals
        on segment_answers.segment_key = segment_totals.segment_key
    union all
    select
        segment_list_items.objective,
        segment_list_items.attribute,
        segment_list_items.segment_key,
        segment_list_items.item as answer,
        segment_list_items.is_suppressed,
        segment_list_items.user_count,
        segment_totals.interest_count as segment_total,
        round(segment_list_items.population_share * segment_totals.objective_user_count)
            as answer_total
    from {{ ref('segment_list_items') }} as segment_list_items
    inner join segment_totals
        on segment_list_items.segment_key = segment_totals.segment_key
),

-- Every cell stands in two lines: that of its segment and that of its answer.
line_cells as (
    select
        objective,
        attribute,
        'segment' as line_kind,
        segment_key as line,
        segment_total as line_total,
        is_suppressed,
        user_count,
        coalesce(answer_total > 0, true) as is_possible
    from cells
    union all
    select
        objective,
        attribute,
        'answer' as line_kind,
        answer as line,
        answer_total as line_total,
        is_suppressed,
        user_count,
        coalesce(answer_total > 0, true) as is_possible
    from cells
),

lines as (
    select
        objective,
        attribute,
        line_kind,
        line,
        count(*) filter (where is_suppressed and is_possible) as hidden_cell_count,
        count(*) filter (where not is_suppressed and is_possible) as shown_cell_count,
        count(*) filter (where user_count > 0) as shown_user_cell_count,
        line_total - coalesce(sum(user_count), 0) as hidden_user_count
    from line_cells
    group by objective, attribute, line_kind, line, line_total
)

select *
from lines
where
    (hidden_cell_count = 1 and shown_cell_count > 0)
    or (
        hidden_cell_count > 0
        and shown_user_cell_count > 0
        and hidden_user_count < {{ var('min_cell_size') }}
    )
