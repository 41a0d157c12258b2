with used_versions as (
    {{ used_versions() | indent }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

rejected_shares as (
    select * from {{ ref('rejected_shares') }}
),

new_profiles as (
    select
        used_versions.objective,
        used_versions.model_version,
        feature_catalog.feature
    from used_versions
    cross join feature_catalog
    {%- if is_incremental() %}
    anti join {{ this }} as known_profiles
        on
            used_versions.objective = known_profiles.objective
            and used_versions.model_version = known_profiles.model_version
            and feature_catalog.feature = known_profiles.feature
    {%- endif %}
),

-- Most builds train nothing, and have nothing to sort.
users_to_profile as (
    select *
    from {{ ref('training_users') }}
    where exists (select new_profiles.feature from new_profiles)
),

feature_values as (
    {{ feature_values('users_to_profile') | indent }}
),

deciles as (
    select
        feature,
        {{ each_of(deciles_of('value')) }} as decile
    from feature_values
    group by feature
),

distinct_deciles as (
    select
        feature,
        decile,
        count(*) as decile_count
    from deciles
    where
        decile is not null
        and feature in (select new_profiles.feature from new_profiles)
    group by all
),

edges as (
    select
        feature,
        {{ ordered_list('edge', 'edge') }} as edges
    from (
        select
            feature,
            decile as edge
        from distinct_deciles
        union all
        -- A value that a tenth of the users share has a bin of its own, so that it does
        -- not hide those just below: the zeros of a flag that most users have.
        select
            feature,
            {{ just_below('decile') }} as edge
        from distinct_deciles
        where decile_count > 1
    ) as all_edges
    group by all
),

binned_users as (
    {{ binned_users('edges') | indent }}
)

select
    new_profiles.objective,
    new_profiles.model_version,
    new_profiles.feature,
    binned_users.edges,
    binned_users.shares,
    coalesce(binned_users.user_count, 0) as user_count,
    rejected_shares.rejected_share
from new_profiles
left join binned_users on new_profiles.feature = binned_users.feature
inner join rejected_shares on new_profiles.feature = rejected_shares.feature
