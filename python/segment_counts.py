"""Choosing the number of segments."""

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import (
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_score,
)

from clustering import fit_segments, one_thread
from null_test import FEWEST_COPIES, shuffled_copies_test
from stability import DRAWS, DRAWS_BESIDE, STABLE_JACCARD, segment_jaccards

AUTO = "auto"
CANDIDATES = range(2, 9)
# One in a hundred numbers beats all shuffled copies by chance: five in a hundred at
# most for all of them together.
MOST_TESTED = 5

CONFIGURED = "Configured."
FOUND = (
    "The largest number whose segments all come back when users are drawn again and "
    "are tighter than in shuffled data."
)
FALLBACK = (
    "The fallback: at no number do all segments come back when users are drawn again "
    "and are tighter than in shuffled data."
)
ALL_ONE = (
    "What the data supports: at no larger number do all segments come back when users "
    "are drawn again and are tighter than in shuffled data."
)
UNSTABLE = "Not all of its segments come back when users are drawn again."
NO_TIGHTER = "Its segments come back, and are no tighter than in shuffled data."
NOT_TESTED = (
    "Its segments come back, but five larger numbers did not show structure: one more "
    "would be tried until chance gives one."
)
SMALLER = "A larger number is supported too."
KEPT = (
    "That of the model before, so that segments go on meaning the same; users as they "
    "are now would be given another number."
)


@dataclass
class Score:
    """What is known of one number of segments; None for what one segment has not."""

    segment_count: int
    inertia: float
    smallest_share: float
    silhouette: float | None = None
    davies_bouldin: float | None = None
    calinski_harabasz: float | None = None
    worst_jaccard: float | None = None
    gain: float | None = None
    p_value: float | None = None
    border_density: float | None = None
    border_p_value: float | None = None
    copy_count: int | None = None
    is_supported: bool = False
    is_chosen: bool = False
    reason: str = SMALLER


@dataclass(frozen=True)
class Asked:
    """What number of segments is asked for.

    Attributes
    ----------
    segment_count : str
        A number; or "auto": the number that is supported, or the fallback where that
        is one.
    fallback_segment_count : int
    previous_count : int or None
        Number of segments of a model that may stay; "auto" then prefers it.
    is_fixed : bool
        Whether that model stays, whatever its number; if not, its number has to pass
        the test.
    """

    segment_count: str
    fallback_segment_count: int
    previous_count: int | None = None
    is_fixed: bool = False


def score_segment_counts(matrix, sources, asked, *, fit=fit_segments):
    """Score numbers of segments and choose one.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : sequence of str, of length feature_count
        The raw column that each feature comes from.
    asked : Asked
    fit : callable
        From a matrix and a number of segments to `Segments`.

    Returns
    -------
    list of Score
        One for each number from 1 to 8, as far as there are so many different users.
        Supported is the largest number whose segments are all stable and beat all
        shuffled copies, and one where there is none. The evidence for the number chosen
        is complete; of a number that plainly fails, no more is computed than tells so.

    Raises
    ------
    ValueError
        If there are fewer different users than segments.
    """
    is_auto = asked.segment_count == AUTO
    asked_count = int(asked.fallback_segment_count if is_auto else asked.segment_count)
    distinct_count = len(np.unique(matrix, axis=0))
    counts = {count for count in CANDIDATES if count <= distinct_count} | {asked_count}
    if asked.is_fixed:
        counts.add(asked.previous_count)
    segments = {count: fit(matrix, count) for count in sorted(counts)}
    scores = {count: _indices(matrix, count, segments[count]) for count in segments}
    one = Score(1, float(len(matrix) * matrix.var(axis=0).sum()), smallest_share=1.0)

    def test(score, **options):
        found = shuffled_copies_test(
            matrix, sources, segments[score.segment_count], fit=fit, **options
        )
        score.gain, score.p_value = found.gain, found.p_value
        score.border_density = found.border_density
        score.border_p_value = found.border_p_value
        score.copy_count = found.copy_count
        return found.shows_structure

    def is_stable(score):
        return score.worst_jaccard >= STABLE_JACCARD

    supported, tested_count = None, 0
    for count, score in sorted(scores.items(), reverse=True):
        jaccards = segment_jaccards(
            matrix,
            segments[count],
            fit=fit,
            draws=DRAWS_BESIDE if supported else DRAWS,
            may_give_up=True,
        )
        score.worst_jaccard = float(jaccards.min())
        is_candidate = is_stable(score) and not supported and tested_count < MOST_TESTED
        tested_count += is_candidate
        # The gain of the others is shown beside, for which fewer copies do.
        options = {} if is_candidate else {"most_copies": FEWEST_COPIES}
        if test(score, **options) and is_candidate:
            supported = score
        elif not is_stable(score):
            score.reason = UNSTABLE
        elif is_candidate:
            score.reason = NO_TIGHTER
        elif not supported:
            score.reason = NOT_TESTED

    chosen = supported if is_auto and supported else scores[asked_count]
    previous = scores.get(asked.previous_count) if is_auto else None
    is_kept = previous not in (None, chosen) and (
        asked.is_fixed or (is_stable(previous) and test(previous))
    )
    if is_kept:
        chosen = previous
    if chosen is not supported:
        jaccards = segment_jaccards(matrix, segments[chosen.segment_count], fit=fit)
        chosen.worst_jaccard = float(jaccards.min())
        test(chosen)
    if not supported:
        one.reason = ALL_ONE
    (supported or one).is_supported = True
    chosen.is_chosen = True
    if not is_auto:
        chosen.reason = CONFIGURED
    elif is_kept:
        chosen.reason = KEPT
    else:
        chosen.reason = FOUND if supported else FALLBACK
    return [one, *scores.values()]


def _indices(matrix, segment_count, segments):
    labels = segments.labels
    score = Score(
        segment_count,
        segments.inertia,
        smallest_share=float(np.bincount(labels).min() / len(labels)),
    )
    # Where every user is a segment, nothing is left to compare.
    if segment_count < len(matrix):
        with one_thread():
            score.silhouette = float(silhouette_score(matrix, labels))
            score.davies_bouldin = float(davies_bouldin_score(matrix, labels))
            score.calinski_harabasz = float(calinski_harabasz_score(matrix, labels))
    return score
