"""Users on a map: the two directions in which they differ most."""

from dataclasses import dataclass

import numpy as np

from user_segmentation.training.clustering import one_thread
from user_segmentation.training.known import at_center, known_means

AXES = 2
# Far finer than a map shows, and coarser than the last bits of a processor.
DECIMALS = 4


@dataclass(frozen=True)
class UserMap:
    """Where users and centres of segments lie on a map.

    Attributes
    ----------
    users : ndarray of shape (user_count, 2)
        In the units of the matrix; the mean of the users is at (0, 0).
    centres : ndarray of shape (segment_count, 2)
    variance_shares : ndarray of shape (2,)
        Share of the users' total variance along each axis, 0 to 1.
    """

    users: np.ndarray
    centres: np.ndarray
    variance_shares: np.ndarray


def project(matrix, centroids):
    """Lay users and centroids on the first two principal components of the users.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        What is not known of a user is at the mean of all users.
    centroids : ndarray of shape (segment_count, feature_count)

    Returns
    -------
    UserMap
        Distances on it are never longer than between the rows of the matrix. The
        largest weight of each axis is positive, and all numbers are rounded: the same
        users give the same map.
    """
    mean = known_means(matrix)
    deviations = at_center(matrix - mean)
    with one_thread():
        _, spreads, directions = np.linalg.svd(deviations, full_matrices=False)
    variances = np.zeros(AXES)
    axes = np.zeros((AXES, matrix.shape[1]))
    found = min(AXES, len(directions))
    variances[:found] = spreads[:found] ** 2
    axes[:found] = directions[:found]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    axes *= np.where(largest < 0, -1, 1)
    total = np.square(spreads).sum()
    return UserMap(
        users=_rounded(deviations @ axes.T),
        centres=_rounded((centroids - mean) @ axes.T),
        variance_shares=_rounded(variances / total if total else variances),
    )


def _rounded(values):
    # Adding zero turns -0.0, which prints differently, into 0.0.
    return values.round(DECIMALS) + 0.0
