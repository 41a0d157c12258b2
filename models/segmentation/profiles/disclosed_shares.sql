{%- set min_cell_size = var('min_cell_size') -%}

with segment_shares as (
    select * from {{ ref('segment_shares') }}
),

segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

known_counts as (
    select distinct
        segment_shares.objective,
        segment_shares.segment_number,
        segment_shares.attribute,
        segment_shares.known_user_count,
        segment_sizes.user_count as segment_user_count
    from segment_shares
    inner join segment_sizes
        on
            segment_shares.objective = segment_sizes.objective
            and segment_shares.segment_number = segment_sizes.segment_number
),

-- How many users gave an answer is a count like any other, unless it is the sizes of
-- the segments, which readers know.
flagged_known_counts as (
    select
        *,
        known_user_count / segment_user_count as known_share,
        min(known_user_count - segment_user_count) over (
            partition by objective, attribute
        ) < 0
        and {{ is_hidden_in_line(
            'known_user_count', 'objective, attribute', 'segment_number'
        ) | indent(8) }} as is_known_hidden
    from known_counts
),

-- The counts of an objective and an attribute are a table whose lines are segments and
-- answers. Readers know the total of every line.
cells as (
    select
        segment_shares.*,
        flagged_known_counts.is_known_hidden,
        flagged_known_counts.known_share,
        segment_shares.known_user_count as segment_user_count,
        {{ min_cell_size }} - segment_shares.user_count as shortage,
        {{ is_hidden('segment_shares.user_count') }} as is_small,
        max(segment_shares.user_count) over (
            partition by
                segment_shares.objective,
                segment_shares.segment_number,
                segment_shares.attribute
        ) < {{ min_cell_size }} as is_segment_small,
        max(segment_shares.user_count) over (
            partition by
                segment_shares.objective,
                segment_shares.attribute,
                segment_shares.answer
        ) < {{ min_cell_size }} as is_answer_small
    from segment_shares
    inner join flagged_known_counts
        on
            segment_shares.objective = flagged_known_counts.objective
            and segment_shares.segment_number = flagged_known_counts.segment_number
            and segment_shares.attribute = flagged_known_counts.attribute
),

-- Every rectangle with a small cell at one corner. Were the small cell and the one
-- opposite larger by some number, and the other two corners smaller, or the other way
-- round, all totals would be the same: with four hidden corners nobody can tell.
rectangles as (
    select
        small_cells.objective,
        small_cells.segment_number,
        small_cells.attribute,
        small_cells.answer,
        small_cells.shortage,
        opposite_cells.segment_number as opposite_segment_number,
        opposite_cells.answer as opposite_answer,
        -- No count is below zero or, which matters to interests, above its segment's.
        least(
            other_answers.user_count,
            other_segments.user_count,
            small_cells.segment_user_count - small_cells.user_count,
            opposite_cells.segment_user_count - opposite_cells.user_count
        ) as possible_growth,
        least(
            small_cells.user_count,
            opposite_cells.user_count,
            other_answers.segment_user_count - other_answers.user_count,
            other_segments.segment_user_count - other_segments.user_count
        ) as possible_decline,
        -- Two cells that a line hides are not small together, or it hides all.
        (
            small_cells.is_segment_small
            or other_answers.user_count >= small_cells.shortage
        )
        and (
            small_cells.is_answer_small
            or other_segments.user_count >= small_cells.shortage
        ) as are_lines_safe,
        case when other_answers.is_small then 0 else other_answers.user_count end
        + case when other_segments.is_small then 0 else other_segments.user_count end
        + case when opposite_cells.is_small then 0 else opposite_cells.user_count end
            as newly_hidden_count
    from cells as small_cells
    inner join cells as other_answers
        on
            small_cells.objective = other_answers.objective
            and small_cells.segment_number = other_answers.segment_number
            and small_cells.attribute = other_answers.attribute
            and small_cells.answer <> other_answers.answer
    inner join cells as other_segments
        on
            small_cells.objective = other_segments.objective
            and small_cells.segment_number <> other_segments.segment_number
            and small_cells.attribute = other_segments.attribute
            and small_cells.answer = other_segments.answer
    inner join cells as opposite_cells
        on
            other_segments.objective = opposite_cells.objective
            and other_segments.segment_number = opposite_cells.segment_number
            and other_segments.attribute = opposite_cells.attribute
            and other_answers.answer = opposite_cells.answer
    where small_cells.is_small
),

ranked_rectangles as (
    select
        *,
        row_number() over (
            partition by objective, segment_number, attribute, answer
            order by
                least(possible_growth, shortage) desc,
                newly_hidden_count asc,
                opposite_answer asc,
                opposite_segment_number asc
        ) as rectangle_rank
    from rectangles
    where are_lines_safe and possible_growth + possible_decline > 0
),

hidden_rectangles as (
    select *
    from ranked_rectangles
    where rectangle_rank = 1
),

hidden_corners as (
    select distinct
        cells.objective,
        cells.segment_number,
        cells.attribute,
        cells.answer
    from cells
    inner join hidden_rectangles
        on
            cells.objective = hidden_rectangles.objective
            and cells.attribute = hidden_rectangles.attribute
            and cells.segment_number in (
                hidden_rectangles.segment_number,
                hidden_rectangles.opposite_segment_number
            )
            and cells.answer in (
                hidden_rectangles.answer,
                hidden_rectangles.opposite_answer
            )
),

-- Where no rectangle protects a small cell, its whole table is hidden. The share of all
-- users tells an answer that nobody gave, whatever is hidden.
hidden_tables as (
    select distinct
        cells.objective,
        cells.attribute
    from cells
    left join hidden_rectangles
        on
            cells.objective = hidden_rectangles.objective
            and cells.segment_number = hidden_rectangles.segment_number
            and cells.attribute = hidden_rectangles.attribute
            and cells.answer = hidden_rectangles.answer
    where
        cells.is_small
        and cells.population_share > 0
        and hidden_rectangles.objective is null
),

answer_totals as (
    select
        objective,
        attribute,
        answer,
        cast(sum(user_count) as bigint) as user_count
    from segment_shares
    group by all
),

-- An answer that few of all users gave is hidden as a whole, and so is the one that all
-- users less the others would give away with it.
flagged_answers as (
    select
        *,
        {{ is_hidden_in_line(
            'user_count', 'objective, attribute', 'answer'
        ) | indent(8) }} as is_answer_hidden
    from answer_totals
),

flagged_cells as (
    select
        cells.*,
        flagged_answers.is_answer_hidden,
        cells.is_small
        or cells.is_known_hidden
        or flagged_answers.is_answer_hidden
        or hidden_corners.objective is not null
        or hidden_tables.objective is not null as is_suppressed
    from cells
    inner join flagged_answers
        on
            cells.objective = flagged_answers.objective
            and cells.attribute = flagged_answers.attribute
            and cells.answer = flagged_answers.answer
    left join hidden_corners
        on
            cells.objective = hidden_corners.objective
            and cells.segment_number = hidden_corners.segment_number
            and cells.attribute = hidden_corners.attribute
            and cells.answer = hidden_corners.answer
    left join hidden_tables
        on
            cells.objective = hidden_tables.objective
            and cells.attribute = hidden_tables.attribute
)

select
    objective,
    segment_number,
    attribute,
    answer,
    is_suppressed,
    {%- for column in ['known_user_count', 'known_share'] %}
    case when not is_known_hidden then {{ column }} end as {{ column }},
    {%- endfor %}
    {%- for column in ['user_count', 'share', 'share_low', 'share_high'] %}
    case when not is_suppressed then {{ column }} end as {{ column }},
    {%- endfor %}
    case when not is_answer_hidden then population_share end as population_share,
    case when not is_suppressed then index end as index
from flagged_cells
