-- An answer that is protected and not audited looks as if no segment went with it.
with expected_audits as (
    {%- for source in protected_sources() %}
    select
        objective,
        '{{ source }}' as attribute
    from {{ ref('objectives') }}
    union all
    {%- endfor %}
    select
        objective,
        null as attribute
    from {{ ref('objectives') }}
    where false
)

select expected_audits.*
from expected_audits
left join {{ ref('protected_attribute_audit') }} as protected_attribute_audit
    on
        expected_audits.objective = protected_attribute_audit.objective
        and expected_audits.attribute = protected_attribute_audit.attribute
where protected_attribute_audit.objective is null
