-- Readers know what every segment and every answer hides in total: the segment's users
-- who gave an answer (of a list with a count of items, times its mean) or the answer's
-- share of all of them, less what is shown. That must be two cells or more and not few
-- users, or else all of it.
{%- set counts = declared('features') | selectattr('rule', 'eq', 'count') | list %}

-- depends_on: {{ ref('segment_traits') }}
with cells as (
    select
        objective,
        attribute,
        segment_key,
        answer,
        is_suppressed,
        user_count,
        population_share,
        false as is_of_list
    from {{ ref('segment_answers') }}
    union all
    select
        objective,
        attribute,
        segment_key,
        item as answer,
        is_suppressed,
        user_count,
        population_share,
        true as is_of_list
    from {{ ref('segment_list_items') }}
),

item_counts as (
    {%- for feature in counts %}
    select
        segment_key,
        '{{ feature.column }}' as attribute,
        user_count * mean as item_count
    from {{ ref('segment_traits') }}
    where feature = '{{ feature.feature }}'
    union all
    {%- endfor %}
    select
        cast(null as string) as segment_key,
        cast(null as string) as attribute,
        cast(null as double) as item_count
    where false
),

-- Of how many users the answer is known stands beside it or follows from what is shown.
known_users as (
    select
        segments.objective,
        segment_shares.attribute,
        segments.segment_key,
        max(segment_shares.known_user_count) as user_count
    from {{ ref('segment_shares') }} as segment_shares
    inner join {{ ref('segments') }} as segments
        on
            segment_shares.objective = segments.objective
            and segment_shares.segment_number = segments.segment_number
    group by all
),

totals as (
    select
        known_users.*,
        sum(known_users.user_count) over (
            partition by known_users.objective, known_users.attribute
        ) as all_user_count,
        round(item_counts.item_count) as item_count
    from known_users
    left join item_counts
        on
            known_users.segment_key = item_counts.segment_key
            and known_users.attribute = item_counts.attribute
),

told_cells as (
    select
        cells.*,
        case when cells.is_of_list then totals.item_count else totals.user_count end
            as segment_total,
        round(cells.population_share * totals.all_user_count) as answer_total
    from cells
    inner join totals
        on
            cells.segment_key = totals.segment_key
            and cells.attribute = totals.attribute
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
    from told_cells
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
    from told_cells
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
    -- Of a list whose items are not counted nobody knows a segment's total.
    (
        hidden_cell_count = 1
        and shown_cell_count > 0
        and hidden_user_count is not null
    )
    or (
        hidden_cell_count > 0
        and shown_user_cell_count > 0
        -- That nobody gave an answer is no secret.
        and hidden_user_count between 1 and {{ var('min_cell_size') }} - 1
    )
