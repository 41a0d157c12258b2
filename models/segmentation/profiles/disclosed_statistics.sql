{%- set limits = distinctive_limits() -%}

with segment_statistics as (
    select * from {{ ref('segment_statistics') }}
),

segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

answer_values as (
    select * from {{ ref('answer_values') }}
),

segment_shares as (
    select * from {{ ref('segment_shares') }}
),

disclosed_shares as (
    select * from {{ ref('disclosed_shares') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

-- The zeros of an answer that nobody gave are known.
cells as (
    select
        segment_shares.objective,
        segment_shares.segment_number,
        answer_values.feature,
        answer_values.value,
        segment_shares.user_count,
        disclosed_shares.is_suppressed,
        disclosed_shares.is_suppressed and disclosed_shares.population_share is null
            as is_answer_hidden
    from segment_shares
    inner join disclosed_shares
        on
            segment_shares.objective = disclosed_shares.objective
            and segment_shares.segment_number = disclosed_shares.segment_number
            and segment_shares.attribute = disclosed_shares.attribute
            and segment_shares.answer = disclosed_shares.answer
    inner join answer_values
        on
            segment_shares.attribute = answer_values.attribute
            and segment_shares.answer = answer_values.answer
    where segment_shares.population_share > 0
),

segment_values as (
    select
        objective,
        segment_number,
        feature,
        sum(user_count) filter (where value is not null) as user_count,
        sum(user_count) filter (where is_suppressed) as hidden_user_count,
        {{ exact_sum('case when is_suppressed then 0 else value * user_count end') }}
            as shown_sum,
        min(value) filter (where is_suppressed) as least_value,
        max(value) filter (where is_suppressed) as greatest_value,
        coalesce(
            min(value) filter (where is_answer_hidden)
            < max(value) filter (where is_answer_hidden),
            false
        ) as differs_in_answers,
        count(*) filter (where is_suppressed) as hidden_count,
        count(value) filter (where is_suppressed) as known_hidden_count
    from cells
    group by all
),

-- Where all hidden answers of a segment have one value, the mean follows from what is
-- shown and tells nothing more.
hidden_means as (
    select
        segment_values.*,
        segment_values.known_hidden_count = segment_values.hidden_count
        and feature_catalog.kind <> 'numeric' as has_limits
    from segment_values
    inner join feature_catalog on segment_values.feature = feature_catalog.feature
    where
        segment_values.least_value < segment_values.greatest_value
        or segment_values.known_hidden_count
        between 1 and segment_values.hidden_count - 1
),

statistics as (
    select
        segment_statistics.*,
        segment_sizes.user_count as segment_user_count,
        {%- for end in ['least', 'greatest'] %}
        case
            when hidden_means.has_limits
                then
                    (
                        hidden_means.shown_sum
                        + hidden_means.hidden_user_count * hidden_means.{{ end }}_value
                    ) / hidden_means.user_count
        end as {{ end }}_mean,
        {%- endfor %}
        hidden_means.feature is not null as is_mean_hidden,
        coalesce(hidden_means.differs_in_answers, false) as is_population_mean_hidden
    from segment_statistics
    inner join segment_sizes
        on
            segment_statistics.objective = segment_sizes.objective
            and segment_statistics.segment_number = segment_sizes.segment_number
    left join hidden_means
        on
            segment_statistics.objective = hidden_means.objective
            and segment_statistics.segment_number = hidden_means.segment_number
            and segment_statistics.feature = hidden_means.feature
)

select
    objective,
    segment_number,
    feature,
    user_count,
    user_count / segment_user_count as known_share,
    -- What is known of few says little of the others.
    user_count >= {{ limits.named_known_share }} * segment_user_count
        as is_known_to_name,
    user_count >= {{ limits.kept_known_share }} * segment_user_count
        as is_known_to_keep,
    mean,
    standard_deviation,
    lower_quartile,
    median,
    upper_quartile,
    population_mean,
    population_standard_deviation,
    standardised_difference,
    case
        when is_suppressed then null
        when not is_mean_hidden then standardised_difference
        when is_population_mean_hidden then 0
        -- Which way the mean differs is certain where both of its limits do.
        else
            (
                greatest(least_mean - population_mean, 0)
                + least(greatest_mean - population_mean, 0)
            ) / nullif(population_standard_deviation, 0)
    end as certain_difference,
    is_suppressed or is_mean_hidden as is_suppressed,
    is_mean_hidden,
    least_mean,
    greatest_mean,
    is_population_mean_hidden
from statistics
