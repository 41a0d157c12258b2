{{ config(materialized='table', pre_hook='{{ check_known_users() }}') }}

-- Every column of the feature models, so that a new feature needs no edit here; a test
-- holds them against the catalogue. `using` keeps one user_id, which `on` does not.
-- noqa: disable=AM04,RF02,ST07,LT02
select *
from {{ ref('user_declared_features') }}
{%- for model in feature_models() if model != 'user_declared_features' %}
inner join {{ ref(model) }} using (user_id)
{%- endfor %}
