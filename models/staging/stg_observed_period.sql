{{ config(materialized='table') }}

{%- set as_of_date = var('as_of_date') -%}
{%- set logs, last_days = {}, [] -%}
{%- for models in sources_read().values() if models.log %}
{%- do logs.update({models.log: models}) %}
{%- do last_days.append(models.log ~ '_period.last_' ~ models.log ~ '_date') %}
{%- endfor %}
{%- set periods = logs | join('_period cross join ') %}
{%- set day = 'cast(' ~ local_time('occurred_at') ~ ' as date)' %}

with
{%- for log, models in logs.items() if models.period %}
{{ log }}_period as (
    select * from {{ ref(models.period) }}
),
{% endfor %}
{%- for log, models in logs.items() if not models.period %}
{{ log }}_days as (
    {{ supported_days(ref(models.accepted), day) }}
),

-- What is accepted is on a day that the log supports.
{{ log }}_period as (
    select
        log_period.*,
        {{ log }}_days.longest_silence
    from (
        select
            min({{ day }}) as first_{{ log }}_date,
            max({{ day }}) as last_{{ log }}_date
        from {{ ref(models.accepted) }}
    ) as log_period
    cross join {{ log }}_days
),
{% endfor %}

period as (
    select
        {%- for log in logs %}
        {{ log }}_period.first_{{ log }}_date,
        {{ log }}_period.last_{{ log }}_date,
        {{ log }}_period.longest_silence as longest_{{ log }}_silence,
        {%- endfor %}
        {{ "date '" ~ as_of_date ~ "'" if as_of_date
            else 'greatest(' ~ last_days | join(', ') ~ ')' }}
            as as_of_date
    from {{ periods }}_period
)

select
    {%- for log in logs %}
    first_{{ log }}_date,
    last_{{ log }}_date,
    {%- endfor %}
    as_of_date,
    {%- for log in logs %}
    {%- set last_day = 'last_' ~ log ~ '_date' %}
    case
        when
            {{ 'false' if as_of_date else
                days_between(last_day, 'as_of_date')
                ~ ' > longest_' ~ log ~ '_silence' }}
            then {{ last_day }}
    end as {{ log }}s_ended_on,
    {%- endfor %}
    {{ previous_as_of_date() }} as previous_as_of_date
from period
