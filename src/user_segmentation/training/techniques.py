"""Ways to make segments: KMeans, and what it is compared with."""

import numpy as np
from sklearn.cluster import AgglomerativeClustering, BisectingKMeans
from sklearn.mixture import GaussianMixture

from user_segmentation.training.clustering import (
    RESTARTS,
    SEED,
    fit_segments,
    nearest_segments,
    one_thread,
    segments_of,
)
from user_segmentation.training.known import at_center

# Ward's linkage needs memory for the square of it.
MOST_USERS = 5000
TIERS = 4


def bisecting_kmeans(matrix, segment_count, *, restarts=RESTARTS):
    """Split the segment with the largest inertia in two, again and again.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segment_count : int
    restarts : int
        Of so many starts the best is kept, each time that a segment is split.

    Returns
    -------
    Segments
        As in all functions here, every user is in the segment whose mean was nearest,
        since that is how users are scored; a segment that is nearest to nobody is gone.

    References
    ----------
    scikit-learn, BisectingKMeans.
    """
    model = BisectingKMeans(segment_count, n_init=restarts, random_state=SEED)
    return _found_by(model, matrix)


def gaussian_mixture(matrix, segment_count):
    """Fit a mixture of Gaussians whose features are independent within each.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segment_count : int

    Returns
    -------
    Segments

    References
    ----------
    scikit-learn, GaussianMixture.
    """
    model = GaussianMixture(
        segment_count,
        covariance_type="diag",
        # Within a group everybody may have the same answer: a variance of nothing would
        # draw the whole mixture to that answer.
        reg_covar=0.01,
        random_state=SEED,
    )
    return _found_by(model, matrix)


def ward(matrix, segment_count):
    """Merge the two groups that add the least inertia, from single users upwards.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segment_count : int

    Returns
    -------
    Segments

    References
    ----------
    Ward (1963), Hierarchical grouping to optimize an objective function, Journal of the
    American Statistical Association 58; scikit-learn, AgglomerativeClustering.
    """
    return _found_by(AgglomerativeClustering(segment_count), matrix)


def _found_by(model, matrix):
    fitted = matrix[:MOST_USERS]
    with one_thread():
        found = segments_of(fitted, model.fit_predict(at_center(fitted)))
    return segments_of(matrix, nearest_segments(matrix, found.centroids))


# Those that an objective can be given; each takes a matrix and a number of segments.
TECHNIQUES = {
    "kmeans": fit_segments,
    "bisecting_kmeans": bisecting_kmeans,
    "gaussian_mixture": gaussian_mixture,
    "ward": ward,
}


def engagement_tiers(is_engagement):
    """Make a technique that cuts users into quarters by their engagement, and no more.

    Parameters
    ----------
    is_engagement : ndarray of shape (feature_count,), of bool
        The columns of the matrix that are added up, one at least.

    Returns
    -------
    callable
        From a matrix and a number of segments, which it takes no notice of, to
        `Segments`.
    """

    def fit(matrix, segment_count):
        engagement = at_center(matrix)[:, is_engagement].sum(axis=1)
        bounds = np.quantile(engagement, np.arange(1, TIERS) / TIERS)
        return segments_of(matrix, np.searchsorted(bounds, engagement))

    return fit
