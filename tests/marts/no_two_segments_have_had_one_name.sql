-- Who filters a report by a name, or remembers one, should not get other people for it.
{%- set rest_days = distinctive_limits().name_rest_days %}

with names as (
    select
        objective,
        segment_number,
        is_sample,
        name_words || coalesce(' ' || name_number, '') as rule_name,
        changed_at as held_from,
        lead(changed_at) over (
            partition by objective, segment_number
            order by change_number
        ) as held_until
    from {{ ref('naming_history') }}
)

select
    later_names.objective,
    later_names.rule_name,
    names.segment_number,
    later_names.segment_number as later_segment_number
from names
inner join names as later_names
    on
        names.objective = later_names.objective
        and names.is_sample = later_names.is_sample
        and names.rule_name = later_names.rule_name
        and names.segment_number <> later_names.segment_number
        and names.held_from <= later_names.held_from
where
    names.held_until is null
    or {{ days_between('names.held_until', 'later_names.held_from') }} < {{ rest_days }}
