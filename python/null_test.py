"""Whether segments are tighter than those found where there is no structure."""

import numpy as np

from clustering import SEED, fit_segments, has_distinct_users

COPIES = 19
SMALLEST_GAIN = 0.02


def shuffled_copies_test(matrix, sources, segments):
    """Compare the inertia of segments with that found in shuffled copies of the data.

    A copy keeps every column as it is and breaks how columns go together: the columns
    of each source (of one-hot answers, say) are shuffled together, sources apart. It
    is fitted in exactly the same way as the data; fewer restarts for the copies than
    for the data would raise false alarms. A copy with fewer different users than
    segments has an inertia of 0. Structure inside a single source is not seen.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : sequence of str, of length feature_count
        The raw column that each feature comes from.
    segments : Segments
        The partition fitted on `matrix`.

    Returns
    -------
    gain : float
        1 minus the ratio of the inertia to its mean over the copies.
    p_value : float
        Share of the copies, and of the data itself, that are at least as tight.
    """
    sources = np.asarray(sources)
    generator = np.random.default_rng(SEED)
    segment_count = len(segments.centroids)
    inertias = np.zeros(COPIES)
    for copy in range(COPIES):
        shuffled = np.empty_like(matrix)
        for source in np.unique(sources):
            columns = sources == source
            order = generator.permutation(len(matrix))
            shuffled[:, columns] = matrix[np.ix_(order, columns)]
        if has_distinct_users(shuffled, segment_count):
            inertias[copy] = fit_segments(shuffled, segment_count).inertia
    # Where all users stand on their centroids, rounding leaves a little more than 0.
    negligible = 1e-12 * len(matrix) * matrix.var(axis=0).sum()
    inertia = segments.inertia if segments.inertia > negligible else 0
    inertias[inertias <= negligible] = 0
    # No copy can be tighter than that.
    gain = 1 - inertia / inertias.mean() if inertias.any() else 0
    p_value = (1 + np.sum(inertias <= inertia)) / (1 + COPIES)
    return float(gain), float(p_value)


def exists(gain, p_value):
    """Whether segments beat every shuffled copy, and by enough to matter.

    Parameters
    ----------
    gain, p_value : float
        From `shuffled_copies_test`.

    Returns
    -------
    bool
    """
    return p_value <= 1 / (1 + COPIES) and gain >= SMALLEST_GAIN
