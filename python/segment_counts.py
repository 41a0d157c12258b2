"""Choosing the number of segments."""

from dataclasses import dataclass

import numpy as np

from clustering import fit_segments
from null_test import exists, shuffled_copies_test
from stability import STABLE_JACCARD, worst_jaccard

AUTO = "auto"
CANDIDATES = range(2, 9)

CONFIGURED = "Configured."
FOUND = (
    "The largest number whose segments all come back when users are drawn again and "
    "are tighter than in shuffled data."
)
FALLBACK = (
    "The fallback: at no number do all segments come back when users are drawn again "
    "and are tighter than in shuffled data."
)


@dataclass
class Score:
    """What is known of one number of segments; None where it was not needed."""

    segment_count: int
    inertia: float
    worst_jaccard: float | None = None
    gain: float | None = None
    p_value: float | None = None
    is_chosen: bool = False
    reason: str | None = None


def score_segment_counts(matrix, sources, segment_count, fallback_segment_count):
    """Score numbers of segments and choose one.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : sequence of str, of length feature_count
        The raw column that each feature comes from.
    segment_count : str
        A number, which is then the only one scored; or "auto": the largest number from
        2 to 8 at which every segment is stable and the segments exist.
    fallback_segment_count : int
        The choice of "auto" where there is no such number.

    Returns
    -------
    list of Score
        One for each number. "auto" tries them from the largest down and stops at the
        one that it chooses; whether segments exist is only asked of stable ones. The
        evidence for the number chosen is always complete.

    Raises
    ------
    ValueError
        If there are fewer different users than segments.
    """
    if segment_count == AUTO:
        distinct_count = len(np.unique(matrix, axis=0))
        counts = {count for count in CANDIDATES if count <= distinct_count}
        counts.add(fallback_segment_count)
    else:
        counts = {int(segment_count)}

    segments = {count: fit_segments(matrix, count) for count in sorted(counts)}
    scores = {count: Score(count, segments[count].inertia) for count in segments}

    def is_stable(score):
        score.worst_jaccard = worst_jaccard(
            matrix, segments[score.segment_count], may_give_up=True
        )
        return score.worst_jaccard >= STABLE_JACCARD

    def is_real(score):
        score.gain, score.p_value = shuffled_copies_test(
            matrix, sources, segments[score.segment_count]
        )
        return exists(score.gain, score.p_value)

    chosen, reason = None, CONFIGURED
    if segment_count == AUTO:
        largest_first = reversed(scores.values())
        found = (
            score for score in largest_first if is_stable(score) and is_real(score)
        )
        chosen = next(found, None)
        reason = FOUND if chosen else FALLBACK
    if chosen is None:
        count = fallback_segment_count if segment_count == AUTO else int(segment_count)
        chosen = scores[count]
        chosen.worst_jaccard = worst_jaccard(matrix, segments[count])
        is_real(chosen)

    chosen.is_chosen = True
    chosen.reason = reason
    return list(scores.values())
