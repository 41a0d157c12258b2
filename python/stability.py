"""How well the segments of a partition come back when the users are drawn again."""

import numpy as np
from clustering import SEED, fit_segments

DRAWS = 25
# Below this a bootstrap mean "should not be trusted" as a stable segment (Hennig).
STABLE_JACCARD = 0.75


def clusterwise_jaccard(matrix, segments, *, draws=DRAWS):
    """Mean bootstrap Jaccard similarity of each segment.

    The users are drawn with replacement and fitted again; each segment is compared,
    on the users drawn, with the most similar of the new segments.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segments : Segments
        The partition fitted on `matrix`.
    draws : int
        Number of bootstrap draws.

    Returns
    -------
    ndarray of shape (segment_count,)
        From 0 to 1, in the order of the segments.

    References
    ----------
    Hennig, C. (2007), Cluster-wise assessment of cluster stability, Computational
    Statistics & Data Analysis 52, 258-271.
    """
    segment_count = len(segments.centroids)
    generator = np.random.default_rng(SEED)
    similarities = np.empty((draws, segment_count))
    for draw in range(draws):
        drawn = generator.integers(len(matrix), size=len(matrix))
        again = fit_segments(matrix[drawn], segment_count, restarts=3)
        # A user drawn twice counts once.
        users, first = np.unique(drawn, return_index=True)
        similarities[draw] = best_jaccard(
            segments.labels[users], again.labels[first], segment_count
        )
    return similarities.mean(axis=0)


def best_jaccard(labels, other_labels, segment_count):
    """Jaccard similarity of each segment with the most similar other segment.

    Parameters
    ----------
    labels, other_labels : ndarray of shape (user_count,)
        Two partitions of the same users, as numbers from 0.
    segment_count : int
        Number of segments of each partition.

    Returns
    -------
    ndarray of shape (segment_count,)
        For each segment of `labels`, from 0 to 1.
    """
    shared = np.zeros((segment_count, segment_count))
    np.add.at(shared, (labels, other_labels), 1)
    sizes = shared.sum(axis=1, keepdims=True)
    other_sizes = shared.sum(axis=0, keepdims=True)
    union = sizes + other_sizes - shared
    # Neither partition need have a user of this segment among those compared.
    return (shared / np.maximum(union, 1)).max(axis=1)
