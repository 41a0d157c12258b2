-- One null, inf or nan spoils the average of its feature, and by it every segment.
with features_in_doubt as (
    select
        user_id,
        concat_ws(
            ', ',
            null
            {%- for feature in catalog_features() | map(attribute='feature') %},
            case
                when not coalesce({{ is_finite(feature) }}, false) then '{{ feature }}'
            end
            {%- endfor %}
        ) as features
    from {{ ref('user_features') }}
)

select *
from features_in_doubt
where features <> ''
