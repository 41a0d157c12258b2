{#
    How the users of the training sample are spread now, against how they were: rows of
    objective, model_version, feature, stability_index, expected_index, chance_limit and
    excess_index. None for a feature that is or was known of nobody.

    Argument:
        profiles: a relation of objective, model_version, feature, edges, shares and
            user_count, as in training_profiles
#}
{% macro feature_stability(profiles) -%}
    with distinct_edges as (
        select distinct
            feature,
            edges
        from {{ profiles }}
        where edges is not null
    ),

    binned_users as (
        {{ binned_users('distinct_edges') | indent(8) }}
    ),

    numbered_bins as (
        select
            profiles.objective,
            profiles.model_version,
            profiles.feature,
            profiles.user_count as training_user_count,
            profiles.shares as training_shares,
            binned_users.user_count,
            binned_users.shares as user_shares,
            {{ each_of(places_of('profiles.shares')) }} as place
        from {{ profiles }} as profiles
        inner join binned_users
            on
                profiles.feature = binned_users.feature
                and profiles.edges = binned_users.edges
        where binned_users.user_count > 0
    ),

    bins as (
        select
            *,
            {{ entry_at('training_shares', 'place') }} as training_share,
            {{ entry_at('user_shares', 'place') }} as user_share
        from numbered_bins
    )

    select
        objective,
        model_version,
        feature,
        {{ stability_columns() | indent(8) }}
    from bins
    group by objective, model_version, feature, training_user_count, user_count
{%- endmacro %}
