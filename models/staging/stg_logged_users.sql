-- noqa: disable=LT02
with resolved_aliases as (
    select * from {{ ref('stg_resolved_aliases') }}
),

{%- for models in sources_beside_profiles().values() if models.log and models.period %}

{{ models.log }}_period as (
    select * from {{ ref(models.period) }}
),
{%- endfor %}

logged_identifiers as (
    {%- for models in sources_beside_profiles().values() if models.log %}
    select {{ models.log }}_rows.user_id
    from {{ ref(models.accepted) }} as {{ models.log }}_rows
    {%- if models.period %}
    -- Rows that are far from all others count for nobody.
    inner join {{ models.log }}_period
        on
            cast({{ local_time(models.log ~ '_rows.occurred_at') }} as date)
            between {{ models.log }}_period.first_{{ models.log }}_date
            and {{ last_accepted_day(
                models.log ~ '_period.last_' ~ models.log ~ '_date'
            ) }}
    {%- endif %}
    {{ 'union' if not loop.last }}
    {%- endfor %}
)

select distinct coalesce(resolved_aliases.user_id, logged_rows.user_id) as user_id
from logged_identifiers as logged_rows
left join resolved_aliases on logged_rows.user_id = resolved_aliases.alias
