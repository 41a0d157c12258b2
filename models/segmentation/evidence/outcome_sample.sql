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

outcome_groupings as (
    select * from {{ ref('outcome_groupings') }}
),

users as (
    select
        user_id,
        {{ protected_cell() | indent(8) }} as protected_cells
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

placed_users as (
    select
        user_segments.objective,
        user_segments.segment_number,
        user_segments.segment_key,
        evidence_sample.*,
        users.protected_cells,
        {{ feature_named('outcome_groupings.feature', 'evidence_sample') | indent(8) }}
            as leading_value
    from evidence_sample
    inner join user_segments on evidence_sample.user_id = user_segments.user_id
    inner join users on evidence_sample.user_id = users.user_id
    inner join outcome_groupings
        on
            user_segments.objective = outcome_groupings.objective
            and outcome_groupings.grouping = 'leading_feature_quartiles'
),

grouped_users as (
    select
        *,
        -- By rank, so that users with the same value are in the same quarter.
        case
            when leading_value is null then 'Not known'
            else
                'Quarter ' || cast(least(1 + floor(4 * percent_rank() over (
                    partition by objective, leading_value is null
                    order by leading_value
                )), 4) as int)
        end as leading_feature_quartile,
        row_number() over (
            partition by objective
            order by segment_number, sample_rank
        ) as place_by_segment,
        -- Another hash than that of the sample, whose order says who is in it.
        row_number() over (
            partition by objective
            order by md5(objective || ' ' || user_id), sample_rank
        ) as random_place
    from placed_users
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
        {{ feature_named('outcomes.outcome', 'randomly_labelled_users') | indent(8) }}
            as outcome_value,
        randomly_labelled_users.segment_key as segments,
        randomly_labelled_users.protected_cells,
        randomly_labelled_users.leading_feature_quartile as leading_feature_quartiles,
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
    protected_cells,
    leading_feature_quartiles,
    random_labels
from valued_users
where outcome_value is not null
