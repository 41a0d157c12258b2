{{ config(post_hook="{{ add_quartiles() }}") }}
{%- set batches = quartile_batches() %}

-- depends_on: {{ ref('feature_statistics') }}, {{ ref('feature_catalog') }},
-- {{ ref('scored_users') }}

{{ segment_quartiles_of(batches[0]) }}
