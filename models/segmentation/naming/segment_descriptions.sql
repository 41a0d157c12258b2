with segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

description_claims as (
    select * from {{ ref('description_claims') }}
),

sentences as (
    select
        segment_sizes.objective,
        segment_sizes.segment_number,
        segment_sizes.user_count,
        {{ ordered_text(
            'description_claims.words', ', ', 'description_claims.claim_rank',
            'description_claims.sentence = 1'
        ) }} as sentence_1,
        {{ ordered_text(
            'description_claims.words', ', ', 'description_claims.claim_rank',
            'description_claims.sentence = 2'
        ) }} as sentence_2
    from segment_sizes
    left join description_claims
        on
            segment_sizes.objective = description_claims.objective
            and segment_sizes.segment_number = description_claims.segment_number
    group by all
)

select
    objective,
    segment_number,
    coalesce(
        'Compared with all users: '
        || coalesce(sentence_1 || '. Also: ' || sentence_2, sentence_1, sentence_2)
        || '.',
        {{ words_without_claims('user_count') | indent(8) }}
    ) as description
from sentences
