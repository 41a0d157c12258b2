"""Choosing the number of segments."""

from user_segmentation.evidence.asked_counts import (
    ALL_ONE,
    CONFIGURED,
    FALLBACK,
    FOUND,
    KEPT,
    NO_TIGHTER,
    NOT_TESTED,
    SMALLER,
    UNPREDICTABLE,
    UNSTABLE,
)
from user_segmentation.evidence.count_evidence import CountEvidence, Score
from user_segmentation.evidence.prediction_strength import PREDICTIVE_STRENGTH
from user_segmentation.evidence.stability import DRAWS, DRAWS_BESIDE, STABLE_JACCARD
from user_segmentation.training.clustering import has_distinct_users
from user_segmentation.training.known import total_inertia

CANDIDATES = range(2, 9)
# One in a hundred numbers beats all shuffled copies by chance: five in a hundred at
# most for all of them together.
MOST_TESTED = 5


def score_segment_counts(matrix, sources, asked, *, technique="kmeans", tell=str):
    """Score numbers of segments and choose one.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : sequence of str, of length feature_count
        The raw column that each feature comes from.
    asked : Asked
    technique : str
        A key of `TECHNIQUES`.
    tell : callable
        Takes a line that says which number is tested, and how many there are.

    Returns
    -------
    list of Score
        One for each number from 1 to 8, as far as there are so many different users.
        Supported is the largest number whose segments are all stable, predict each
        other in halves of the users and beat all shuffled copies, and one where there
        is none. The evidence for the number chosen is complete; of the others, no more
        is computed than tells what they are.

    Raises
    ------
    ValueError
        If there are fewer different users than segments.
    """
    evidence = CountEvidence(matrix, sources, technique)
    counts = {count for count in CANDIDATES if has_distinct_users(matrix, count)}
    counts.add(asked.own_count)
    if asked.is_fixed:
        counts.add(asked.previous_count)
    scores = {count: evidence.score(count) for count in sorted(counts)}
    one = Score(1, total_inertia(matrix), smallest_share=1.0)

    supported = _largest_supported(evidence, scores, asked, tell)
    chosen, reason = _choice(evidence, scores, asked, supported)
    evidence.complete(chosen)
    one.reason = SMALLER if supported else ALL_ONE
    (supported or one).is_supported = True
    if reason == FOUND:
        reason += close_call(scores.values(), chosen)
    chosen.is_chosen, chosen.reason = True, reason
    return [one, *scores.values()]


def _largest_supported(evidence, scores, asked, tell):
    """The score of the largest number that is supported, or None.

    Gives all numbers the reason why they are it or not.
    """
    supported, tested_count = None, 0
    for step, (count, score) in enumerate(sorted(scores.items(), reverse=True), 1):
        tell(f"testing {count} segments ({step} of {len(scores)})")
        may_decide = score.is_predictive and not supported
        is_stable = evidence.is_stable(score, DRAWS if may_decide else DRAWS_BESIDE)
        if is_stable and may_decide and tested_count < MOST_TESTED:
            tested_count += 1
            if evidence.shows_structure(score):
                supported = score
            score.reason = FOUND if supported else NO_TIGHTER
            continue
        evidence.stand_beside(score)
        if not score.is_predictive:
            score.reason = UNPREDICTABLE
        elif not is_stable:
            score.reason = UNSTABLE
        else:
            score.reason = SMALLER if supported else NOT_TESTED
    return supported


def _choice(evidence, scores, asked, supported):
    """The score of the number that the model gets, and why in words."""
    own = scores[asked.own_count]
    if not asked.is_auto:
        return own, CONFIGURED
    chosen, reason = (supported, FOUND) if supported else (own, FALLBACK)
    previous = scores.get(asked.previous_count)
    if previous not in (None, chosen) and (
        asked.is_fixed
        or (
            previous.is_predictive
            and evidence.is_stable(previous)
            and evidence.shows_structure(previous)
        )
    ):
        return previous, KEPT
    return chosen, reason


def close_call(scores, chosen):
    """Say which other numbers could be chosen as well, as far as the evidence goes.

    Parameters
    ----------
    scores : iterable of Score
        Those of two segments and more.
    chosen : Score

    Returns
    -------
    str
        A sentence where the number chosen, or a larger one that was not, lies within a
        standard error of a limit; else nothing.
    """
    for score in scores:
        margins = {
            "Jaccard similarity of the least stable segment": (
                score.worst_jaccard,
                score.worst_jaccard_error,
                STABLE_JACCARD,
            ),
            "prediction strength": (
                score.prediction_strength,
                score.prediction_strength_error,
                PREDICTIVE_STRENGTH,
            ),
        }
        is_out = score.segment_count < chosen.segment_count or any(
            value < limit - error for value, error, limit in margins.values()
        )
        if is_out or score.is_no_tighter:
            continue
        for name, (value, error, limit) in margins.items():
            if abs(value - limit) <= error:
                return (
                    f" A close call: with {score.segment_count} segments the {name} is "
                    f"{value:.2f}, within a standard error ({error:.2f}) of {limit}."
                )
    return ""
