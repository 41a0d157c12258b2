-- The share of rejected rows of a feature would be 0 where no rule is about its column.
select
    feature_sources.feature,
    feature_sources.source
from {{ ref('feature_sources') }} as feature_sources
left join {{ ref('stg_row_rules') }} as rejection_reasons
    on
        rejection_reasons.source = 'user_profiles'
        and feature_sources.source = rejection_reasons.field
where
    feature_sources.source not in ({{ log_names() }})
    and rejection_reasons.field is null
