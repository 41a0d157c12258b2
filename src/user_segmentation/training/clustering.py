"""The KMeans fit behind every segmentation."""

from dataclasses import dataclass

import numpy as np
from sklearn import config_context
from sklearn.cluster import KMeans
from threadpoolctl import ThreadpoolController

from user_segmentation.training.known import at_center, known_means, squared_distances

SEED = 20240226
RESTARTS = 10
# As scikit-learn's KMeans: by then rounding goes round in circles.
MOST_ROUNDS = 300

# One thread: on a busy machine OpenMP threads spin and cost ten times the CPU, and on
# a calm one they change the number of iterations.
_threads = ThreadpoolController()


@dataclass(frozen=True)
class Segments:
    """A partition of users; segment 1 is the largest and stands first.

    Attributes
    ----------
    centroids : ndarray of shape (segment_count, feature_count)
        Means of the segments, in the scaled units of the matrix; of what is known.
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
        Scaled features, nan where one is not known of a user. The same rows in the same
        order give the same segments.
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
    has_unknowns = np.isnan(matrix).any()
    if has_unknowns and initial_centroids is not None:
        return settled(matrix, initial_centroids)
    # Each fit is so short that the checks of its parameters would tell.
    with one_thread(), config_context(skip_parameter_validation=True):
        model = KMeans(
            n_clusters=segment_count,
            init="k-means++" if initial_centroids is None else initial_centroids,
            n_init=restarts if initial_centroids is None else 1,
            random_state=SEED,
        ).fit(at_center(matrix))
    if has_unknowns:
        return settled(matrix, model.cluster_centers_)
    return numbered(model.cluster_centers_, model.labels_, model.inertia_)


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
    distances = [squared_distances(matrix, centroid) for centroid in centroids]
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
        [known_means(matrix[labels == group]) for group in range(len(names))]
    )
    return numbered(centroids, labels, _inertia(matrix, centroids, labels))


def one_thread():
    """Keep OpenMP and BLAS to one thread, as a context manager."""
    return _threads.limit(limits=1)


def settled(matrix, centroids):
    """Move centroids to the means of what is known of their users until none moves.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features, nan where one is not known of a user.
    centroids : ndarray of shape (segment_count, feature_count)

    Returns
    -------
    Segments

    References
    ----------
    Lloyd's iterations over partial distances: the k-POD of Chi, Chi and Baraniuk
    (2016), The American Statistician 70. Each lowers the inertia, so that they end.
    """
    centroids, labels = centroids.copy(), nearest_segments(matrix, centroids)
    for _ in range(MOST_ROUNDS):
        # Who is farthest from the others of a segment begins one that nobody is in.
        for segment in set(range(len(centroids))) - set(labels):
            distances = squared_distances(matrix, centroids[labels])
            farthest = distances.argmax()
            centroids[segment] = known_means(matrix[[farthest]])
            labels[farthest] = segment
        for segment in np.unique(labels):
            centroids[segment] = known_means(matrix[labels == segment])
        labels, last_labels = nearest_segments(matrix, centroids), labels
        if np.array_equal(labels, last_labels):
            break
    return numbered(centroids, labels, _inertia(matrix, centroids, labels))


def _inertia(matrix, centroids, labels):
    return squared_distances(matrix, centroids[labels]).sum()


def numbered(centroids, labels, inertia):
    """Number the segments of a partition by their size.

    Parameters
    ----------
    centroids : ndarray of shape (segment_count, feature_count)
    labels : ndarray of shape (user_count,)
        Position of each user's centroid, from 0.
    inertia : float

    Returns
    -------
    Segments
    """
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
    first = _marked(matrix[: 10 * segment_count]).tolist()
    return (
        len(set(map(tuple, first))) >= segment_count
        or len(np.unique(_marked(matrix), axis=0)) >= segment_count
    )


def _marked(matrix):
    """What is not known as nothing else is, and equal to itself."""
    return np.where(np.isnan(matrix), np.inf, matrix)
