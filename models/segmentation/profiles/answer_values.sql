-- depends_on: {{ ref('known_answers') }}

with users as (
    select * from {{ ref('stg_users') }}
),

user_features as (
    select * from {{ ref('user_features') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

-- What is made of nothing but the answer is the same for all who gave it: one will do.
first_users as (
    {%- for attribute in answer_attributes() %}
    select
        '{{ attribute }}' as attribute,
        {{ answer_of(attribute) }} as answer,
        min(user_id) as user_id
    from users
    where {{ attribute }} is not null
    group by {{ answer_of(attribute) }}
    union all
    {%- endfor %}
    select
        cast(null as string) as attribute,
        cast(null as string) as answer,
        user_id
    from users
    where false
),

first_features as (
    select
        first_users.attribute,
        first_users.answer,
        user_features.*
    from first_users
    inner join user_features on first_users.user_id = user_features.user_id
),

values_of_answers as (
    {{ feature_values('first_features', ['attribute', 'answer']) | indent }}
)

select
    values_of_answers.attribute,
    values_of_answers.answer,
    values_of_answers.feature,
    values_of_answers.value
from values_of_answers
inner join feature_catalog
    on
        values_of_answers.feature = feature_catalog.feature
        and values_of_answers.attribute = feature_catalog.source
where coalesce(feature_catalog.further_sources, '') = ''
