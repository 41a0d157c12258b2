with segments as (
    select * from {{ ref('segments') }}
),

fitted_rules as (
    select * from {{ ref('fitted_rules') }}
)

select
    segments.objective,
    segments.segment_key,
    segments.segment_name,
    fitted_rules.condition is not null as has_rule,
    fitted_rules.condition,
    fitted_rules.coverage,
    fitted_rules.precision,
    fitted_rules.recall,
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
