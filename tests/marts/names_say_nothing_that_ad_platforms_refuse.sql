-- Audiences named by age, gender or whatever else is protected are refused, and offend
-- people.
select
    segment_claims.segment_key,
    segment_claims.words,
    feature_sources.source
from {{ ref('segment_claims') }} as segment_claims
inner join {{ ref('feature_sources') }} as feature_sources
    on segment_claims.feature = feature_sources.feature
where
    segment_claims.place = 'name'
    and feature_sources.source in (
        {%- for source in protected_sources() %}
        '{{ source }}',
        {%- endfor %}
        ''
    )
