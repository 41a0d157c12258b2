{{ config(materialized='table', pre_hook='{{ check_known_users() }}') }}

-- Every column of the feature models, so that a new feature needs no edit here; a test
-- holds them against the catalogue. `using` keeps one user_id, which `on` does not.
-- noqa: disable=AM04,RF02,ST07
select *
from {{ ref('user_engagement') }}
inner join {{ ref('user_ad_response') }} using (user_id)
inner join {{ ref('user_demographics') }} using (user_id)
inner join {{ ref('user_interest_themes') }} using (user_id)
inner join {{ ref('user_activity') }} using (user_id)
inner join {{ ref('user_purchases') }} using (user_id)
