-- One inf or nan spoils the average of its feature, and by it every segment.
with features_in_doubt as (
    select
        user_id,
        concat_ws(
            ', ',
            null
            {%- for feature in catalog_features() | map(attribute='feature') %},
            case when not {{ is_finite(feature) }} then '{{ feature }}' end
            {%- endfor %}
        ) as features
    from {{ ref('user_features') }}
)

select *
from features_in_doubt
where features <> ''
