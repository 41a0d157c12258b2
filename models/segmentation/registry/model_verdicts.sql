{{ config(materialized='incremental', full_refresh=false) }}

with used_versions as (
    {{ used_versions() | indent }}
)

select
    used_versions.objective,
    used_versions.model_version,
    segmentation_verdicts.verdict,
    segmentation_verdicts.gain,
    segmentation_verdicts.worst_jaccard
from used_versions
inner join {{ ref('segmentation_verdicts') }} as segmentation_verdicts
    on used_versions.objective = segmentation_verdicts.objective
{%- if is_incremental() %}
anti join {{ this }} as judged
    on
        used_versions.objective = judged.objective
        and used_versions.model_version = judged.model_version
{%- endif %}
