"""Choosing the number of segments."""

import numpy as np
from clustering import fit_segments
from stability import STABLE_JACCARD, clusterwise_jaccard

CANDIDATES = range(2, 9)
AUTO = "auto"


def score_segment_counts(matrix, segment_count, fallback_segment_count):
    """Score each number of segments and choose one.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segment_count : str
        A number, which is then the only one scored, or "auto".
    fallback_segment_count : int
        The choice of "auto" where no number gives stable segments.

    Returns
    -------
    list of dict
        One for each number scored: segment_count, inertia, worst_jaccard, is_chosen
        and reason.
    """
    if segment_count == AUTO:
        distinct_users = len(np.unique(matrix, axis=0))
        counts = [count for count in CANDIDATES if count <= distinct_users]
    else:
        counts = [int(segment_count)]
    scores = [_score(matrix, count) for count in counts]
    chosen, reason = _choose(scores, segment_count, fallback_segment_count)
    for score in scores:
        score["is_chosen"] = score["segment_count"] == chosen
        score["reason"] = reason if score["is_chosen"] else None
    return scores


def _score(matrix, segment_count):
    segments = fit_segments(matrix, segment_count)
    return {
        "segment_count": segment_count,
        "inertia": segments.inertia,
        "worst_jaccard": float(clusterwise_jaccard(matrix, segments).min()),
    }


def _choose(scores, segment_count, fallback_segment_count):
    if segment_count != AUTO:
        return int(segment_count), "Configured."
    stable = [
        score["segment_count"]
        for score in scores
        if score["worst_jaccard"] >= STABLE_JACCARD
    ]
    if stable:
        return max(stable), (
            "The largest number of which every segment comes back when the users are "
            f"drawn again (Jaccard at least {STABLE_JACCARD})."
        )
    return fallback_segment_count, (
        "The fallback: at no number do all segments come back when the users are "
        f"drawn again (Jaccard at least {STABLE_JACCARD})."
    )
