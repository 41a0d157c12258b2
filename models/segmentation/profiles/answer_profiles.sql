{%- set limits = distinctive_limits() -%}

with disclosed_shares as (
    select
        *,
        attribute as source
    from {{ ref('disclosed_shares') }}
),

basis_sources as (
    select * from {{ ref('basis_sources') }}
),

held_out_tests as (
    select * from {{ ref('held_out_tests') }}
)

select
    disclosed_shares.objective,
    disclosed_shares.segment_number,
    disclosed_shares.attribute,
    disclosed_shares.answer,
    disclosed_shares.is_suppressed,
    disclosed_shares.known_user_count,
    disclosed_shares.known_share,
    disclosed_shares.user_count,
    disclosed_shares.share,
    disclosed_shares.share_low,
    disclosed_shares.share_high,
    disclosed_shares.population_share,
    disclosed_shares.index,
    disclosed_shares.source,
    basis_sources.source is null as is_outside_basis,
    held_out_tests.p_value,
    held_out_tests.q_value,
    coalesce(
        disclosed_shares.known_user_count >= {{ limits.user_count }}
        and (
            disclosed_shares.index < {{ limits.index_low }}
            or disclosed_shares.index > {{ limits.index_high }}
        )
        and (
            basis_sources.source is not null
            or held_out_tests.q_value < {{ limits.q_value }}
        ),
        false
    ) as is_distinctive
from disclosed_shares
left join basis_sources
    on
        disclosed_shares.objective = basis_sources.objective
        and disclosed_shares.source = basis_sources.source
left join held_out_tests
    on
        disclosed_shares.objective = held_out_tests.objective
        and disclosed_shares.segment_number = held_out_tests.segment_number
        and disclosed_shares.attribute = held_out_tests.attribute
        and disclosed_shares.answer = held_out_tests.answer
