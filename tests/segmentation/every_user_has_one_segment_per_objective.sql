-- A user without a segment is reached by no campaign; that none has two is the key of
-- scored_users.
select
    {%- for objective in objectives() %}
    scored_users.{{ objective }}_segment_number,
    {%- endfor %}
    scored_users.user_id,
    user_features.user_id as expected_user_id
from {{ ref('user_features') }} as user_features
full join {{ ref('scored_users') }} as scored_users
    on user_features.user_id = scored_users.user_id
where
    user_features.user_id is null
    or scored_users.user_id is null
    {%- for objective in objectives() %}
    or scored_users.{{ objective }}_segment_number is null
    {%- endfor %}
