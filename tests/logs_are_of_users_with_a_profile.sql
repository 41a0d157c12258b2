-- Identifiers that are written otherwise in the log than in the profiles (u-1 for 1)
-- would leave every user without activity, and the build green.
{{ config(severity='warn') }}
{%- set findings %}
select
    source,
    'Of ' || stored_count || ' rows of ' || source || ', ' || unknown_user_row_count
    || ' are of ' || unknown_user_count || ' users without a profile: compare their '
    || 'identifiers with those of the profiles, or give their aliases.' as finding
from {{ ref('sources') }}
where unknown_user_row_count > 0.5 * stored_count
order by source
{%- endset %}
{%- do tell_findings(findings) %}
{{ findings }}
