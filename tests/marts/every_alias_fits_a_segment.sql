-- After a model is trained anew a segment may be gone, and its alias with it, or be
-- called something else by the rule: whoever gave the alias should hear of it.
{{ config(severity='warn') }}

select
    segment_aliases.segment_key,
    segment_aliases.alias,
    'seeds/segment_aliases.csv: '
    || case
        when segments.segment_key is null
            then
                'there is no segment ' || segment_aliases.segment_key
                || ', so the alias ' || segment_aliases.alias || ' names none.'
        else
            'the rule called ' || segment_aliases.segment_key || ' '
            || segment_aliases.rule_name || ' when it was named '
            || segment_aliases.alias || ', and calls it ' || segments.rule_name
            || ' now: check the alias, and correct rule_name.'
    end as finding
from {{ ref('segment_aliases') }} as segment_aliases
left join {{ ref('segments') }} as segments
    on segment_aliases.segment_key = segments.segment_key
where
    segment_aliases.rule_name is distinct from segments.rule_name
    -- Where other users are declared, aliases of the case study's segments wait for it.
    and (
        {{ is_case_study() | lower }}
        or regexp_replace(segment_aliases.segment_key, '-[0-9]+$', '') in (
            select objectives.objective from {{ ref('objectives') }} as objectives
        )
    )
order by all
