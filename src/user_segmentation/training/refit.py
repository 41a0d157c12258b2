"""A new fit that stays close to the one before."""

from dataclasses import dataclass

import numpy as np

from user_segmentation.training.clustering import (
    Segments,
    fit_segments,
    nearest_segments,
)
from user_segmentation.training.known import squared_distances

# Fits that come from other starts differ in their inertia by less than this where
# there is no structure, and would move every fifth user; where a warm start is stuck
# in a bad place they are better by much more.
LEAST_GAIN = 0.005
# Users who come and change by chance seldom make new centroids so much better, even in
# a year; a persona that makes room for another one always did.
WORTHWHILE_GAIN = 0.02


@dataclass(frozen=True)
class Refit:
    """The segments of a refit and what they were chosen by.

    Attributes
    ----------
    segments : Segments
    start : str
        Where they started: `warm`, from the previous centroids, or `fresh`.
    warm_inertia : float or None
        Of the warm start; None where none was made.
    fresh_inertia : float
        Of the best fresh start.
    unmoved_inertia : float or None
        Of the previous centroids as they are; None where there were none, or not as
        many as segments now.
    """

    segments: Segments
    start: str
    warm_inertia: float | None
    fresh_inertia: float
    unmoved_inertia: float | None

    @property
    def is_worthwhile(self):
        """Whether the previous centroids are worse by more than `WORTHWHILE_GAIN`."""
        return (
            self.unmoved_inertia is None
            or self.segments.inertia < (1 - WORTHWHILE_GAIN) * self.unmoved_inertia
        )


def refit(matrix, segment_count, previous_centroids=None, *, fit=fit_segments):
    """Fit again, from the previous centroids unless that is plainly worse.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features.
    segment_count : int
    previous_centroids : ndarray of shape (previous_segment_count, feature_count), \
optional
        In the units of the matrix (see `in_scale_of`). Without them, or with another
        number of segments, only a fresh fit is made.
    fit : callable
        From a matrix and a number of segments to `Segments`. Only KMeans can start
        from centroids; any other is always fresh.

    Returns
    -------
    Refit
        The warm start's segments, unless the fresh ones are better by more than
        `LEAST_GAIN` of its inertia.
    """
    fresh = fit(matrix, segment_count)
    if previous_centroids is None or len(previous_centroids) != segment_count:
        return Refit(fresh, "fresh", None, fresh.inertia, None)
    nearest = previous_centroids[nearest_segments(matrix, previous_centroids)]
    unmoved_inertia = float(squared_distances(matrix, nearest).sum())
    if fit is not fit_segments:
        return Refit(fresh, "fresh", None, fresh.inertia, unmoved_inertia)
    warm = fit_segments(matrix, segment_count, initial_centroids=previous_centroids)
    is_stuck = fresh.inertia < (1 - LEAST_GAIN) * warm.inertia
    return Refit(
        segments=fresh if is_stuck else warm,
        start="fresh" if is_stuck else "warm",
        warm_inertia=warm.inertia,
        fresh_inertia=fresh.inertia,
        unmoved_inertia=unmoved_inertia,
    )


def in_scale_of(centroids, scales_from, scales_to):
    """Centroids of one model in the units of another.

    Exact but for users who are clipped in one of the scales and not in the other.

    Parameters
    ----------
    centroids : ndarray of shape (segment_count, feature_count)
        In the units of `scales_from`.
    scales_from, scales_to : DataFrame
        One row per feature, in the order of the columns of the centroids: feature,
        transform, center, scale and clip.

    Returns
    -------
    ndarray of shape (segment_count, feature_count)
        In the units of `scales_to`, and clipped as users are.

    Raises
    ------
    ValueError
        If the features or their transforms differ.
    """
    meaning = ["feature", "transform"]
    if scales_from[meaning].values.tolist() != scales_to[meaning].values.tolist():
        raise ValueError("Only models of the same features have common units")
    center, scale = scales_from[["center", "scale"]].to_numpy().T
    new_center, new_scale, clip = scales_to[["center", "scale", "clip"]].to_numpy().T
    # The clip of 0 of a constant feature also keeps it out of all distances.
    return np.clip((centroids * scale + center - new_center) / new_scale, -clip, clip)
