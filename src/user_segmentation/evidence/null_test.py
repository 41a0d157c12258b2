"""Whether segments are tighter than those found where there is nothing to find."""

from dataclasses import dataclass

import numpy as np

from user_segmentation.evidence.copies import (
    CorrelatedCopies,
    inseparable_columns,
    shuffled_columns,
    shuffled_sources,
)
from user_segmentation.training.clustering import SEED, fit_segments, has_distinct_users
from user_segmentation.training.known import total_inertia

COPIES = 99
# From so many on, a p-value means something.
FEWEST_COPIES = 19
# For a gain that is only shown beside, and decides nothing.
COPIES_BESIDE = 5
SMALLEST_GAIN = 0.02
# Those without groups take longer to make, and are asked for more.
GROUP_COPIES = 49
SMALLEST_GROUP_GAIN = 0.05


@dataclass(frozen=True)
class NullTest:
    """Segments beside those found in copies of the data.

    Attributes
    ----------
    gain : float
        1 minus the ratio of the inertia to its mean over the copies.
    p_value : float
        Share of the copies, and of the data itself, that are at least as tight.
    copy_count : int
        Copies that were made.
    is_within_sources : bool
        Whether the columns of a source were shuffled apart, too, since copies whose
        sources were shuffled as wholes are as tight.
    """

    gain: float
    p_value: float
    copy_count: int
    is_within_sources: bool = False

    @property
    def shows_structure(self):
        """Whether segments beat all of `COPIES` copies, and by enough to matter."""
        return self.p_value <= 1 / (1 + COPIES) and self.gain >= SMALLEST_GAIN

    @property
    def shows_groups(self):
        """Whether they beat all of `GROUP_COPIES` copies that have no groups."""
        return (
            self.p_value <= 1 / (1 + GROUP_COPIES) and self.gain >= SMALLEST_GROUP_GAIN
        )


def structure_test(matrix, sources, segments, *, fit=fit_segments):
    """Look for structure between sources and, where there is none, within them.

    Each of the two tests finds it by chance in 1 of 100 cases.

    Parameters
    ----------
    matrix, sources, segments, fit
        As for `shuffled_copies_test`.

    Returns
    -------
    NullTest
        The one within sources where only that one shows structure.
    """
    between = shuffled_copies_test(matrix, sources, segments, fit=fit)
    if between.shows_structure:
        return between
    units = inseparable_columns(matrix, sources)
    if len(units) == len(set(sources)):
        return between
    generator = np.random.default_rng(SEED)
    copies = (shuffled_columns(matrix, units, generator) for _ in range(COPIES))
    within = NullTest(*_compared(matrix, segments, copies, fit), is_within_sources=True)
    return within if within.shows_structure else between


def shuffled_copies_test(
    matrix, sources, segments, *, fit=fit_segments, most_copies=COPIES
):
    """Compare segments with those found in copies whose sources are shuffled.

    A copy keeps every source as it is and breaks how sources go together; structure
    within one is not seen.

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
    generator = np.random.default_rng(SEED)
    copies = (shuffled_sources(matrix, sources, generator) for _ in range(most_copies))
    return NullTest(*_compared(matrix, segments, copies, fit))


def groups_test(matrix, sources, segments, *, fit=fit_segments):
    """Compare segments with those found in copies that have no groups.

    Such a copy keeps every column and how any two go together. Slices of a continuum
    whose columns go together beat shuffled copies; these they do not.

    Parameters
    ----------
    matrix, sources, segments, fit
        As for `shuffled_copies_test`.

    Returns
    -------
    NullTest
        Of `GROUP_COPIES` copies at most.
    """
    correlated = CorrelatedCopies(matrix, sources, np.random.default_rng(SEED))
    copies = (correlated.draw() for _ in range(GROUP_COPIES))
    return NullTest(*_compared(matrix, segments, copies, fit))


def _compared(matrix, segments, copies, fit):
    """The gain, the p-value and the number of copies.

    A copy is fitted in exactly the same way as the data; fewer restarts for the copies
    than for the data would raise false alarms. A copy with fewer different users than
    segments has an inertia of 0.
    """
    segment_count = len(segments.centroids)
    # Where all users stand on their centroids, rounding leaves a little more than 0.
    negligible = 1e-12 * total_inertia(matrix)
    inertia = segments.inertia if segments.inertia > negligible else 0
    inertias = []
    for copy in copies:
        found = 0
        if has_distinct_users(copy, segment_count):
            found = fit(copy, segment_count).inertia
        inertias.append(found if found > negligible else 0)
        if len(inertias) >= FEWEST_COPIES and min(inertias) <= inertia:
            break
    as_tight = np.sum(np.array(inertias) <= inertia)
    # No copy can be tighter than one without any inertia.
    gain = float(1 - inertia / np.mean(inertias)) if any(inertias) else 0.0
    return gain, float((1 + as_tight) / (1 + len(inertias))), len(inertias)
