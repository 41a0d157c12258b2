with feature_catalog as (
    select * from {{ ref('feature_catalog') }}
)

select
    feature,
    source
from feature_catalog
union all
select
    feature,
    {{ each_of("split(further_sources, ' ')") }} as source
from feature_catalog
where further_sources is not null
