{#- Its columns are those of the users who were declared, so that it has no contract; a
    test holds them against the declaration. -#}
{{ config(contract={'enforced': false}) }}
{#- Of a log that is not there nothing is known, and nobody asks. -#}
{%- set unread = unread_logs() -%}
{%- set attributes = declared_columns() | map(attribute='name') | list -%}

with users as (
    select * from {{ ref('stg_users') }}
),

scored_users as (
    select * from {{ ref('scored_users') }}
),

purchase_scores as (
    select * from {{ ref('user_purchase_scores') }}
),

segments as (
    select * from {{ ref('segments') }}
)

select
    users.user_id,
    {%- for attribute in attributes %}
    users.{{ attribute }},
    {%- endfor %}
    {%- for row in catalog_features()
        if row.feature not in attributes and row.source not in unread %}
    scored_users.{{ row.feature }},
    {%- endfor %}
    {%- for objective in objectives() %}
    {{ objective }}_segments.segment_name as {{ objective }}_segment,
    {%- endfor %}
    purchase_scores.purchase_segment
from users
inner join scored_users on users.user_id = scored_users.user_id
left join purchase_scores on users.user_id = purchase_scores.user_id
{%- for objective in objectives() %}
left join segments as {{ objective }}_segments
    on
        scored_users.{{ objective }}_segment_number
        = {{ objective }}_segments.segment_number
        and {{ objective }}_segments.objective = '{{ objective }}'
{%- endfor %}
