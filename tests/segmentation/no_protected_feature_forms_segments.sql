-- Segments made of what is protected would discriminate, whatever the catalogue calls
-- them.
select
    feature_scales.objective,
    feature_scales.feature
from {{ ref('feature_scales') }} as feature_scales
inner join {{ ref('feature_catalog') }} as feature_catalog
    on feature_scales.feature = feature_catalog.feature
where
    feature_catalog.role = 'protected'
    {%- for source in protected_sources() %}
    or feature_catalog.source = '{{ source }}'
    {%- endfor %}
