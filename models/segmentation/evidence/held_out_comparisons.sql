with disclosed_statistics as (
    select * from {{ ref('disclosed_statistics') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

feature_roles as (
    select * from {{ ref('feature_roles') }}
),

segment_shares as (
    select * from {{ ref('segment_shares') }}
),

disclosed_shares as (
    select * from {{ ref('disclosed_shares') }}
),

basis_sources as (
    select * from {{ ref('basis_sources') }}
),

held_out_features as (
    select
        disclosed_statistics.*,
        feature_catalog.source,
        feature_catalog.kind,
        sum(disclosed_statistics.user_count) over (
            partition by disclosed_statistics.objective, disclosed_statistics.feature
        ) - disclosed_statistics.user_count as rest_user_count
    from disclosed_statistics
    inner join feature_catalog
        on disclosed_statistics.feature = feature_catalog.feature
    inner join feature_roles
        on
            disclosed_statistics.objective = feature_roles.objective
            and disclosed_statistics.feature = feature_roles.feature
    where feature_roles.is_outside_basis
),

-- All others follow from all users and the segment. In deviations of all users from
-- their mean, whose squares add up to the number of users.
rest_differences as (
    select
        *,
        -user_count * standardised_difference / nullif(rest_user_count, 0)
            as rest_difference,
        (
            rest_user_count + user_count * (
                1
                - pow(standard_deviation / population_standard_deviation, 2)
                - pow(standardised_difference, 2)
            )
        ) / nullif(rest_user_count, 0) as rest_square
    from held_out_features
    where
        kind <> 'flag'
        and population_standard_deviation > 0
        and not is_suppressed
),

mean_comparisons as (
    select
        objective,
        segment_number,
        feature,
        user_count,
        cast(rest_user_count as bigint) as rest_user_count,
        mean,
        standard_deviation,
        population_mean + population_standard_deviation * rest_difference as rest_mean,
        population_standard_deviation
        * sqrt(greatest(rest_square - pow(rest_difference, 2), 0))
            as rest_standard_deviation
    from rest_differences
),

held_out_counts as (
    select
        objective,
        segment_number,
        feature,
        cast(null as string) as attribute,
        cast(null as string) as answer,
        feature as subject,
        source,
        is_suppressed,
        user_count,
        cast(round(mean * user_count) as bigint) as positive_count
    from held_out_features
    where kind = 'flag'
    union all
    select
        segment_shares.objective,
        segment_shares.segment_number,
        cast(null as string) as feature,
        segment_shares.attribute,
        segment_shares.answer,
        segment_shares.attribute || ': ' || segment_shares.answer as subject,
        segment_shares.attribute as source,
        disclosed_shares.is_suppressed,
        segment_shares.known_user_count as user_count,
        segment_shares.user_count as positive_count
    from segment_shares
    inner join disclosed_shares
        on
            segment_shares.objective = disclosed_shares.objective
            and segment_shares.segment_number = disclosed_shares.segment_number
            and segment_shares.attribute = disclosed_shares.attribute
            and segment_shares.answer = disclosed_shares.answer
    anti join basis_sources
        on
            segment_shares.objective = basis_sources.objective
            and segment_shares.attribute
            = basis_sources.source
),

rest_counts as (
    select
        *,
        sum(user_count) over (partition by objective, subject) - user_count
            as rest_user_count,
        sum(positive_count) over (partition by objective, subject) - positive_count
            as rest_positive_count
    from held_out_counts
),

partitions as (
    select
        objective,
        source,
        subject,
        {{ ordered_text('cast(positive_count as string)', ' ', 'segment_number') }}
            as positive_counts,
        {{ ordered_text(
            'cast(user_count - positive_count as string)', ' ', 'segment_number'
        ) }} as negative_counts
    from held_out_counts
    group by all
),

-- The flag is_female and the answer Female count the same users, and the answer Male
-- all others: one question, which must not count as three.
questions as (
    select
        objective,
        subject,
        min(subject) over (
            partition by objective, source, least(positive_counts, negative_counts)
        ) as question
    from partitions
),

share_comparisons as (
    select
        rest_counts.*,
        questions.question
    from rest_counts
    inner join questions
        on
            rest_counts.objective = questions.objective
            and rest_counts.subject = questions.subject
    -- What a hidden count is, its test would tell; and what nobody or everybody has, or
    -- what is known of nobody or of nobody else, tells nobody apart.
    where
        not rest_counts.is_suppressed
        and rest_counts.user_count > 0
        and rest_counts.rest_user_count > 0
        and rest_counts.positive_count + rest_counts.rest_positive_count > 0
        and rest_counts.positive_count + rest_counts.rest_positive_count
        < rest_counts.user_count + rest_counts.rest_user_count
)

select
    objective,
    segment_number,
    feature,
    cast(null as string) as attribute,
    cast(null as string) as answer,
    feature as question,
    user_count,
    rest_user_count,
    cast(null as bigint) as positive_count,
    cast(null as bigint) as rest_positive_count,
    mean,
    standard_deviation,
    rest_mean,
    rest_standard_deviation
from mean_comparisons
union all
select
    objective,
    segment_number,
    feature,
    attribute,
    answer,
    question,
    user_count,
    cast(rest_user_count as bigint) as rest_user_count,
    positive_count,
    cast(rest_positive_count as bigint) as rest_positive_count,
    cast(null as double) as mean,
    cast(null as double) as standard_deviation,
    cast(null as double) as rest_mean,
    cast(null as double) as rest_standard_deviation
from share_comparisons
