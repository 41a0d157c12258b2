"""Whether one half of the users predicts who belongs together in the other."""

import numpy as np

from user_segmentation.training.clustering import (
    SEED,
    fit_segments,
    has_distinct_users,
    nearest_segments,
)

DIVISIONS = 10
# From 0.8 on segments predict each other well (Tibshirani and Walther 2005).
PREDICTIVE_STRENGTH = 0.8


def prediction_strength(matrix, segment_count, *, fit=fit_segments):
    """How well segments of one half of the users predict those of the other.

    The users are divided in two at random, and each half is fitted in exactly the same
    way. Of every two users in the same segment of their half, it is looked at whether
    the segments of the other half, too, put them together; the segment with the lowest
    share counts. A segment cut in two is cut elsewhere in the other half.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segment_count : int
    fit : callable
        From a matrix and a number of segments to `Segments`.

    Returns
    -------
    strength : float
        Mean over `DIVISIONS` divisions and both of their halves, from 0 to 1. A half
        with fewer different users than segments predicts nothing.
    standard_error : float
        Of that mean, from how far divisions differ.

    References
    ----------
    Tibshirani and Walther (2005), Cluster validation by prediction strength, Journal of
    Computational and Graphical Statistics 14.
    """
    generator = np.random.default_rng(SEED)
    strengths = [
        _strength_of(
            np.array_split(generator.permutation(matrix), 2), segment_count, fit
        )
        for _ in range(DIVISIONS)
    ]
    return (
        float(np.mean(strengths)),
        float(np.std(strengths, ddof=1) / np.sqrt(DIVISIONS)),
    )


def _strength_of(halves, segment_count, fit):
    if not all(has_distinct_users(half, segment_count) for half in halves):
        return 0.0
    segments = [fit(half, segment_count) for half in halves]
    return np.mean(
        [
            shared_pairs(
                own.labels, nearest_segments(half, other.centroids), segment_count
            ).min()
            for half, own, other in zip(halves, segments, segments[::-1], strict=True)
        ]
    )


def shared_pairs(labels, predicted_labels, segment_count):
    """Share of the pairs of each segment that are predicted to be together.

    Parameters
    ----------
    labels, predicted_labels : ndarray of shape (user_count,)
        Two partitions of the same users, as numbers from 0.
    segment_count : int

    Returns
    -------
    ndarray of shape (segment_count,)
        From 0 to 1; 0 for a segment without a pair.
    """
    counts = np.zeros((segment_count, segment_count))
    np.add.at(counts, (labels, predicted_labels), 1)
    pairs = counts * (counts - 1)
    sizes = counts.sum(axis=1)
    return pairs.sum(axis=1) / np.maximum(sizes * (sizes - 1), 1)
