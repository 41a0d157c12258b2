"""Whether the segments of a partition come back when the users are drawn again."""

import numpy as np

from clustering import SEED, fit_segments

# With 25 draws, the usual number, a mean near the threshold falls on either side of it
# by the order of the users alone.
DRAWS = 100
FEWEST_DRAWS = 10
# From here on a cluster counts as stable (Hennig 2007).
STABLE_JACCARD = 0.75


def worst_jaccard(matrix, segments, *, draws=DRAWS):
    """Stability of the least stable segment.

    The users are drawn with replacement and fitted again; each segment is compared, on
    the users drawn, with the most similar of the new segments. Draws end early once
    some segment lies three standard errors below `STABLE_JACCARD`.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segments : Segments
        The partition fitted on `matrix`.
    draws : int
        Largest number of draws.

    Returns
    -------
    float
        Smallest mean Jaccard similarity of a segment over the draws made, from 0 to 1.

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
        similarities[draw] = best_jaccard(segments.labels[users], again.labels[first])
        made = similarities[: draw + 1]
        if len(made) >= FEWEST_DRAWS:
            standard_errors = made.std(axis=0, ddof=1) / np.sqrt(len(made))
            if (made.mean(axis=0) + 3 * standard_errors).min() < STABLE_JACCARD:
                break
    return float(made.mean(axis=0).min())


def best_jaccard(labels, other_labels):
    """Jaccard similarity of each segment with the most similar other segment.

    Parameters
    ----------
    labels, other_labels : ndarray of shape (user_count,)
        Two partitions of the same users, as numbers from 0.

    Returns
    -------
    ndarray of shape (segment_count,)
        For each segment of `labels`, from 0 to 1.
    """
    segment_count = max(labels.max(), other_labels.max()) + 1
    shared = np.zeros((segment_count, segment_count))
    np.add.at(shared, (labels, other_labels), 1)
    sizes = shared.sum(axis=1, keepdims=True)
    other_sizes = shared.sum(axis=0, keepdims=True)
    # A segment of neither partition may have no user among those compared.
    return (shared / np.maximum(sizes + other_sizes - shared, 1)).max(axis=1)
