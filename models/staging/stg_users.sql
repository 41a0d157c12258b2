{#- Of logs the users are found once, and not by everyone who asks. #}
{{ config(
    materialized='view' if has_profiles() else 'table',
    pre_hook="{{ check_rejected_share('user_profiles') if has_profiles()
        else check_logged_users() }}",
) }}

with all_users as (
    select *
    from {{ ref('stg_user_profiles' if has_profiles() else 'stg_logged_users') }}
)

select
    {%- for column in declared_columns() %}
    {{ column.name }},
    {%- endfor %}
    user_id
from all_users
{%- if has_profiles() %}
where rejection_reasons is null
{%- endif %}
