-- Who aims at segments that go with a protected answer treats people by it, though it
-- formed none of them.
{{ config(severity='warn') }}

select
    objective,
    attribute,
    'Objective ' || objective || ': its segments go with ' || attribute
    || ', a protected answer: an association of ' || cramers_v
    || ' (Cramer''s V), where max_protected_association is ' || threshold || '.'
        as finding
from {{ ref('protected_attribute_audit') }}
where is_flagged
order by objective, attribute
