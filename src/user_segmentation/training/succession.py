"""The model that comes after another one, whose segments keep their numbers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from user_segmentation.training.clustering import fit_segments
from user_segmentation.training.identity import (
    NONE,
    assign_keys,
    match_by_members,
    match_segments,
)
from user_segmentation.training.model_registry import centroids_of
from user_segmentation.training.refit import in_scale_of, refit


@dataclass(frozen=True)
class Model:
    """A trained model.

    Attributes
    ----------
    centroids : ndarray of shape (segment_count, feature_count)
    numbers : ndarray of shape (segment_count,)
        Number of each segment, which means the same in every version.
    scales : DataFrame of feature_count rows
        See `model_registry.SCALE_COLUMNS`.
    inertia : float
        Sum of squared distances of the users to the nearest centroid, in the units of
        the model when it was first fitted.
    remark : str
        What there is to say of it besides why it was trained; may be empty.
    """

    centroids: np.ndarray
    numbers: np.ndarray
    scales: pd.DataFrame
    inertia: float
    remark: str = ""


@dataclass(frozen=True)
class Predecessor:
    """The model that another one comes after.

    Attributes
    ----------
    rows : DataFrame
        Its rows in the registry.
    user_numbers : ndarray of shape (user_count,)
        Number of the segment that each user of the training matrix was in;
        `identity.NONE` where in none.
    highest_number : int
        The highest that a segment of the objective ever had.
    may_stay : bool
        Whether it stays unless a new one is worth it (see `Refit.is_worthwhile`) or
        has another number of segments.
    """

    rows: pd.DataFrame
    user_numbers: np.ndarray
    highest_number: int
    may_stay: bool


def first_model(matrix, segment_count, scales, highest_number, *, fit=fit_segments):
    """Train a model that has none before it.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segment_count : int
    scales : DataFrame of feature_count rows
    highest_number : int
        The highest that a segment of the objective ever had, 0 where none had any.
    fit : callable
        From a matrix and a number of segments to `Segments`.

    Returns
    -------
    Model
        The largest segment has the lowest number.
    """
    segments = fit(matrix, segment_count)
    numbers = highest_number + 1 + np.arange(len(segments.centroids))
    return Model(segments.centroids, numbers, scales, segments.inertia)


def successor(matrix, segment_count, scales, predecessor, *, fit=fit_segments):
    """Train a model that comes after another one.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segment_count : int
    scales : DataFrame of feature_count rows
    predecessor : Predecessor
    fit : callable
        From a matrix and a number of segments to `Segments`.

    Returns
    -------
    Model
        Where both have the same features, segments are those that lie nearest to where
        they were, in the units of the model before; of others, and where the features
        differ, those that share most users.
    """
    old_centroids, old_numbers, old_scales = centroids_of(predecessor.rows)
    meaning = ["feature", "transform"]
    are_comparable = old_scales[meaning].equals(scales[meaning])
    start = in_scale_of(old_centroids, old_scales, scales) if are_comparable else None
    fitted = refit(matrix, segment_count, start, fit=fit)
    if predecessor.may_stay and not fitted.is_worthwhile:
        gain = max(0, 1 - fitted.segments.inertia / fitted.unmoved_inertia)
        return Model(
            old_centroids,
            old_numbers,
            old_scales,
            predecessor.rows["inertia"].iloc[0],
            f"It stays as it was: a new one would be only {gain:.1%} tighter.",
        )
    segments = fitted.segments
    positions = np.full(len(matrix), NONE)
    for position, number in enumerate(old_numbers):
        positions[predecessor.user_numbers == number] = position
    matching = match_by_members(positions, segments.labels, len(segments.centroids))
    if are_comparable:
        moved = in_scale_of(segments.centroids, scales, old_scales)
        by_place = match_segments(old_centroids, moved)
        is_free = (by_place == NONE) & ~np.isin(matching, by_place)
        matching = np.where(is_free, matching, by_place)
    numbers = assign_keys(matching, old_numbers, predecessor.highest_number)
    # In the order of the numbers, as a stored model is read.
    order = np.argsort(numbers)
    return Model(segments.centroids[order], numbers[order], scales, segments.inertia)
