"""The KMeans fit behind every segmentation."""

from dataclasses import dataclass

import numpy as np
from sklearn import config_context
from sklearn.cluster import KMeans
from threadpoolctl import ThreadpoolController

SEED = 20240226
RESTARTS = 10

# One thread: on a busy machine OpenMP threads spin and cost ten times the CPU, and on
# a calm one they change the number of iterations.
_threads = ThreadpoolController()


@dataclass(frozen=True)
class Segments:
    """A partition of users; segment 1 is the largest and stands first.

    Attributes
    ----------
    centroids : ndarray of shape (segment_count, feature_count)
        Means of the segments, in the scaled units of the matrix.
    labels : ndarray of shape (user_count,)
        Position of each user's segment in `centroids`, from 0.
    inertia : float
        Sum of squared distances to the centroids, in scaled units squared.
    """

    centroids: np.ndarray
    labels: np.ndarray
    inertia: float


def fit_segments(matrix, segment_count, *, restarts=RESTARTS, initial_centroids=None):
    """Fit KMeans (scikit-learn) and number its segments by size.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features; the same rows in the same order give the same segments.
    segment_count : int
    restarts : int
        Of so many k-means++ starts the best is kept.
    initial_centroids : ndarray of shape (segment_count, feature_count), optional
        Where to start instead.

    Returns
    -------
    Segments

    Raises
    ------
    ValueError
        If the users have fewer different values than there are segments.
    """
    if not has_distinct_users(matrix, segment_count):
        raise ValueError(f"{segment_count} segments need as many different users")
    # Each fit is so short that the checks of its parameters would tell.
    with one_thread(), config_context(skip_parameter_validation=True):
        model = KMeans(
            n_clusters=segment_count,
            init="k-means++" if initial_centroids is None else initial_centroids,
            n_init=restarts if initial_centroids is None else 1,
            random_state=SEED,
        ).fit(matrix)
    return _numbered(model.cluster_centers_, model.labels_, model.inertia_)


def nearest_segments(matrix, centroids):
    """Put every user into the segment whose centroid is nearest.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features.
    centroids : ndarray of shape (segment_count, feature_count)

    Returns
    -------
    labels : ndarray of shape (user_count,)
        Position of each user's centroid, from 0; of equally near ones the first.
    """
    distances = [((matrix - centroid) ** 2).sum(axis=1) for centroid in centroids]
    return np.argmin(distances, axis=0)


def segments_of(matrix, groups):
    """Make segments of any partition.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features.
    groups : ndarray of shape (user_count,)
        Group of each user.

    Returns
    -------
    Segments
        The groups, with their means as centroids.
    """
    names, labels = np.unique(groups, return_inverse=True)
    centroids = np.array(
        [matrix[labels == group].mean(0) for group in range(len(names))]
    )
    return _numbered(centroids, labels, ((matrix - centroids[labels]) ** 2).sum())


def one_thread():
    """Keep OpenMP and BLAS to one thread, as a context manager."""
    return _threads.limit(limits=1)


def _numbered(centroids, labels, inertia):
    sizes = np.bincount(labels, minlength=len(centroids))
    # Equal sizes are told apart by their centroids, so that numbers never depend on
    # the order in which the segments were found.
    order = np.lexsort((*centroids.T[::-1], -sizes))
    return Segments(
        centroids=centroids[order],
        labels=np.argsort(order)[labels],
        inertia=float(inertia),
    )


def has_distinct_users(matrix, segment_count):
    """Whether at least as many users differ from each other as there are segments.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segment_count : int

    Returns
    -------
    bool
    """
    # The first users nearly always differ enough; looking at all of them takes longer
    # than a fit.
    first = matrix[: 10 * segment_count].tolist()
    return (
        len(set(map(tuple, first))) >= segment_count
        or len(np.unique(matrix, axis=0)) >= segment_count
    )
