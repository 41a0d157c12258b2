with segments as (
    select distinct
        objective,
        segment_number
    from {{ ref('segment_statistics') }}
),

leading_traits as (
    select * from {{ ref('leading_traits') }}
),

words as (
    select
        segments.objective,
        segments.segment_number,
        {%- for rank in [2, 3, 4] %}
        max(leading_traits.adjective) filter (
            where leading_traits.trait_rank = {{ rank }}
        ) as adjective_{{ rank }},
        {%- endfor %}
        max(leading_traits.noun) filter (where leading_traits.trait_rank = 1) as noun_1
    from segments
    left join leading_traits
        on
            segments.objective = leading_traits.objective
            and segments.segment_number = leading_traits.segment_number
    group by all
),

-- From short to long: each says one trait more than the one before.
candidates as (
    select
        objective,
        segment_number,
        coalesce(nullif(concat_ws(' ', adjective_2, noun_1), ''), 'other users')
            as short_name,
        short_name || coalesce(' (' || adjective_3 || ')', '') as longer_name,
        short_name
        || coalesce(
            ' (' || nullif(concat_ws(', ', adjective_3, adjective_4), '') || ')', ''
        ) as longest_name
    from words
),

unique_names as (
    select
        objective,
        segment_number,
        case
            when count(*) over (partition by objective, short_name) = 1 then short_name
            when count(*) over (partition by objective, longer_name) = 1
                then longer_name
            when count(*) over (partition by objective, longest_name) = 1
                then longest_name
            else
                longest_name || ' ' || row_number() over (
                    partition by objective, longest_name
                    order by segment_number
                )
        end as lower_name
    from candidates
)

select
    objective,
    segment_number,
    upper(left(lower_name, 1)) || substring(lower_name, 2) as segment_name
from unique_names
