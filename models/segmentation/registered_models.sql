{#- As the build before left it: what is trained in this build is decided from it. -#}
{%- set registry = left_by_last_build('segment_models') -%}

with no_models as (
    select
        cast(null as varchar) as objective,
        cast(null as integer) as model_version,
        cast(null as integer) as segment_number,
        cast(null as varchar) as feature,
        cast(null as varchar) as transform,
        cast(null as double) as centroid,
        cast(null as double) as center,
        cast(null as double) as scale,
        cast(null as double) as clip,
        cast(null as timestamp) as trained_at,
        cast(null as varchar) as definition_fingerprint,
        cast(null as boolean) as is_sample
    where false
),

-- An older version of the project left less; what it lacks is not known.
all_models as (
    select * from no_models
    {%- if registry %}
    union all by name
    select * from {{ registry }}
    {%- endif %}
)

select
    objective,
    model_version,
    segment_number,
    feature,
    transform,
    centroid,
    center,
    scale,
    clip,
    trained_at,
    definition_fingerprint,
    is_sample
from all_models
