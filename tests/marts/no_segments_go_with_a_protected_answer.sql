-- Who aims at segments that go with age or gender treats people by it, though neither
-- formed the segments.
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
