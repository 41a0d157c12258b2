{{ config(materialized='kept_table') }}

-- For the next build: users as they are now. Built after all that reads what the last
-- build left.
-- depends_on: {{ ref('user_segment_history') }}

-- noqa: disable=AM04
select * from {{ ref('user_features') }}
