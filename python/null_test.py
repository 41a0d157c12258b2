"""Whether segments are tighter than those found where there is no structure."""

from dataclasses import dataclass

import numpy as np

from clustering import SEED, fit_segments, has_distinct_users
from known import total_inertia
from separation import border_density

COPIES = 99
# From so many on, a p-value means something.
FEWEST_COPIES = 19
# For a gain that is only shown beside, and decides nothing.
COPIES_BESIDE = 5
SMALLEST_GAIN = 0.02


@dataclass(frozen=True)
class NullTest:
    """Segments beside those found in shuffled copies of the data.

    Attributes
    ----------
    gain : float
        1 minus the ratio of the inertia to its mean over the copies.
    p_value : float
        Share of the copies, and of the data itself, that are at least as tight.
    border_p_value : float
        Share of the copies, and of the data itself, whose segments lie apart at least
        as far.
    copy_count : int
        Copies that were made.
    """

    gain: float
    p_value: float
    border_p_value: float
    copy_count: int

    @property
    def shows_structure(self):
        """Whether segments beat all of `COPIES` copies, and by enough to matter."""
        return self.p_value <= 1 / (1 + COPIES) and self.gain >= SMALLEST_GAIN


def shuffled_copies_test(
    matrix, sources, segments, *, fit=fit_segments, most_copies=COPIES
):
    """Compare segments with those found in shuffled copies of the data.

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
        The partition that `fit` made of `matrix`.
    fit : callable
        From a matrix and a number of segments to `Segments`.
    most_copies : int
        Copies to make. From `FEWEST_COPIES` on, no more are made once one of them is as
        tight as the data: that decides (Besag and Clifford 1991, Sequential Monte Carlo
        p-values, Biometrika 78). With fewer than that only the gain is worth a look.

    Returns
    -------
    NullTest
    """
    sources = np.asarray(sources)
    generator = np.random.default_rng(SEED)
    segment_count = len(segments.centroids)
    # Where all users stand on their centroids, rounding leaves a little more than 0.
    negligible = 1e-12 * total_inertia(matrix)
    inertia = segments.inertia if segments.inertia > negligible else 0
    density = border_density(matrix, segments)
    inertias, copy_densities = [], []
    for _ in range(most_copies):
        shuffled = shuffled_copy(matrix, sources, generator)
        copy_inertia, copy_density = 0, np.inf
        if has_distinct_users(shuffled, segment_count):
            found = fit(shuffled, segment_count)
            copy_inertia = found.inertia if found.inertia > negligible else 0
            copy_density = border_density(shuffled, found)
        inertias.append(copy_inertia)
        copy_densities.append(copy_density)
        if len(inertias) >= FEWEST_COPIES and min(inertias) <= inertia:
            break
    count = 1 + len(inertias)
    return NullTest(
        # No copy can be tighter than one without any inertia.
        gain=float(1 - inertia / np.mean(inertias)) if any(inertias) else 0.0,
        p_value=float((1 + np.sum(np.array(inertias) <= inertia)) / count),
        border_p_value=float((1 + np.sum(np.array(copy_densities) <= density)) / count),
        copy_count=len(inertias),
    )


def shuffled_copy(matrix, sources, generator):
    """A copy in which sources have nothing to do with each other.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : ndarray of shape (feature_count,), of str
        The columns of one source stay together.
    generator : numpy.random.Generator

    Returns
    -------
    ndarray of shape (user_count, feature_count)
    """
    copy = np.empty_like(matrix)
    for source in np.unique(sources):
        columns = np.flatnonzero(sources == source)
        order = generator.permutation(len(matrix))
        copy[:, columns] = matrix[order[:, None], columns]
    return copy
