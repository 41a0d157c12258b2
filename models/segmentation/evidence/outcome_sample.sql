-- depends_on: {{ ref('known_answers') }}

with evidence_sample as (
    select * from {{ ref('evidence_sample') }}
),

feature_roles as (
    select * from {{ ref('feature_roles') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

feature_statistics as (
    select * from {{ ref('feature_statistics') }}
),

user_segments as (
    select
        objective,
        user_id,
        segment_number,
        segment_key
    from {{ ref('user_segments') }}
),

users as (
    select
        user_id,
        {{ answer_of('age') }} || ', ' || {{ answer_of('gender') }} as age_and_gender
    from {{ ref('stg_users') }}
),

-- What formed the segments differs between them by construction, in pure noise too.
outcomes as (
    select
        feature_roles.objective,
        feature_roles.feature as outcome,
        feature_statistics.minimum,
        feature_statistics.maximum
    from feature_roles
    inner join feature_catalog on feature_roles.feature = feature_catalog.feature
    inner join feature_statistics
        on feature_roles.feature = feature_statistics.feature
    where
        feature_roles.is_outside_basis
        and 'outcome' in (feature_roles.role, feature_catalog.role)
),

grouped_users as (
    select
        user_segments.objective,
        user_segments.segment_number,
        user_segments.segment_key,
        evidence_sample.*,
        users.age_and_gender,
        -- By rank, so that users with the same hours are in the same quartile.
        'Quartile ' || cast(least(1 + floor(4 * percent_rank() over (
            partition by user_segments.objective
            order by evidence_sample.weekly_hours_online
        )), 4) as int) as engagement_quartile,
        row_number() over (
            partition by user_segments.objective
            order by user_segments.segment_number, evidence_sample.sample_rank
        ) as place_by_segment,
        -- Another hash than that of the sample, whose order says who is in it.
        row_number() over (
            partition by user_segments.objective
            order by
                md5(user_segments.objective || ' ' || evidence_sample.user_id),
                evidence_sample.sample_rank
        ) as random_place
    from evidence_sample
    inner join user_segments on evidence_sample.user_id = user_segments.user_id
    inner join users on evidence_sample.user_id = users.user_id
),

-- The labels of the segments, dealt anew: exactly as many of each.
randomly_labelled_users as (
    select
        grouped_users.*,
        'Random group ' || dealt_labels.segment_number as random_label
    from grouped_users
    inner join grouped_users as dealt_labels
        on
            grouped_users.objective = dealt_labels.objective
            and grouped_users.random_place = dealt_labels.place_by_segment
),

valued_users as (
    select
        outcomes.objective,
        outcomes.outcome,
        outcomes.minimum,
        outcomes.maximum,
        randomly_labelled_users.user_id,
        randomly_labelled_users.sample_rank,
        cast(
            case outcomes.outcome
                {%- for row in catalog_features() %}
                when '{{ row.feature }}' then randomly_labelled_users.{{ row.feature }}
                {%- endfor %}
            end as double
        ) as outcome_value,
        randomly_labelled_users.segment_key as segments,
        randomly_labelled_users.age_and_gender,
        randomly_labelled_users.engagement_quartile as engagement_quartiles,
        randomly_labelled_users.random_label as random_labels
    from outcomes
    inner join randomly_labelled_users
        on outcomes.objective = randomly_labelled_users.objective
)

select
    objective,
    outcome,
    user_id,
    sample_rank,
    {{ winsorised('outcome_value', 'minimum', 'maximum') }} as outcome_value,
    segments,
    age_and_gender,
    engagement_quartiles,
    random_labels
from valued_users
where outcome_value is not null
