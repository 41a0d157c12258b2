-- Who aims at segments that go with age or gender treats people by it, though neither
-- formed the segments.
{{ config(severity='warn') }}
{%- do tell_association() %}

select
    objective,
    attribute,
    cramers_v,
    threshold
from {{ ref('protected_attribute_audit') }}
where is_flagged
