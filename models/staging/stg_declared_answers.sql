{{ config(materialized='table') }}

{{ select_rows(
    declared('answers'), {'attribute': 'string', 'answer': 'string', 'rank': 'integer'}
) }}
