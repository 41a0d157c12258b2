{{ config(materialized='incremental', full_refresh=false, meta={'goes_on': true}) }}

with current_versions as (
    select distinct
        objective,
        model_version
    from {{ ref('current_models') }}
)

select
    current_versions.objective,
    current_versions.model_version,
    segmentation_verdicts.verdict,
    segmentation_verdicts.gain,
    segmentation_verdicts.worst_jaccard
from current_versions
inner join {{ ref('segmentation_verdicts') }} as segmentation_verdicts
    on current_versions.objective = segmentation_verdicts.objective
{%- if is_incremental() %}
anti join {{ this }} as judged
    on
        current_versions.objective = judged.objective
        and current_versions.model_version = judged.model_version
{%- endif %}
