-- After a model is fitted anew a segment may be gone, and its alias with it: whoever
-- gave it should hear of it.
{{ config(severity='warn') }}
{%- do tell_unused_aliases() %}

select
    segment_aliases.objective,
    segment_aliases.rule_name,
    segment_aliases.alias
from {{ ref('segment_aliases') }} as segment_aliases
anti join {{ ref('segments') }} as segments
    on
        segment_aliases.objective = segments.objective
        and segment_aliases.rule_name = segments.rule_name
