with segments as (
    select * from {{ ref('segments') }}
),

fitted_rules as (
    select * from {{ ref('fitted_rules') }}
),

-- With more than 5,000 users, who are not all compared, no leaf is small.
picked_users as (
    select
        segments.objective,
        segments.segment_key,
        segments.user_count,
        coalesce(
            round(
                fitted_rules.coverage
                * sum(segments.user_count) over (partition by segments.objective)
            ),
            0
        ) as picked_count
    from segments
    inner join fitted_rules
        on
            segments.objective = fitted_rules.objective
            and segments.segment_number = fitted_rules.segment_number
),

disclosed_rules as (
    select
        segment_key,
        {{ is_hidden('user_count') }}
        or {{ is_hidden_in_line(
            'picked_count', 'objective', 'segment_key'
        ) | indent(8) }}
            as is_suppressed
    from picked_users
)

select
    segments.objective,
    segments.segment_key,
    segments.segment_name,
    fitted_rules.condition is not null as has_rule,
    fitted_rules.condition,
    {%- for column in ['coverage', 'precision', 'recall'] %}
    case when not disclosed_rules.is_suppressed then fitted_rules.{{ column }} end
        as {{ column }},
    {%- endfor %}
    fitted_rules.fidelity,
    case
        when fitted_rules.fidelity >= 0.9 then 'rule'
        when fitted_rules.fidelity >= 0.8 then 'approximate rule'
        else 'sketch'
    end as grade,
    segments.verdict,
    fitted_rules.case_expression
from segments
inner join fitted_rules
    on
        segments.objective = fitted_rules.objective
        and segments.segment_number = fitted_rules.segment_number
inner join disclosed_rules on segments.segment_key = disclosed_rules.segment_key
