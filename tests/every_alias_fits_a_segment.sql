-- After a model is fitted anew a segment may be gone, and its alias with it: whoever
-- gave it should hear of it.
{{ config(severity='warn') }}
{%- set findings %}
select
    segment_aliases.objective,
    segment_aliases.rule_name,
    segment_aliases.alias,
    'seeds/segment_aliases.csv: no segment of objective ' || segment_aliases.objective
    || ' is called ' || segment_aliases.rule_name || ' by the rule, so the alias '
    || segment_aliases.alias || ' names none.' as finding
from {{ ref('segment_aliases') }} as segment_aliases
anti join {{ ref('segments') }} as segments
    on
        segment_aliases.objective = segments.objective
        and segment_aliases.rule_name = segments.rule_name
order by all
{%- endset %}
{%- do tell_findings(findings) %}
{{ findings }}
