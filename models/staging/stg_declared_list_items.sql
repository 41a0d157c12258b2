{{ config(materialized='table') }}

{{ select_rows(
    declared('list_items'),
    {'attribute': 'string', 'item': 'string', 'theme': 'string'},
) }}
