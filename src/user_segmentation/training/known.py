"""Matrices of users in which nan stands for what is not known of a user."""

import numpy as np


def squared_distances(matrix, centroids):
    """Squared distance of each user to a centroid, over what is known of the user.

    What is not known weighs nothing: it is taken to be as the centroid is (the partial
    distance of Dixon 1979, Pattern Recognition with Partly Missing Data).

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features.
    centroids : ndarray of shape (feature_count,) or (user_count, feature_count)
        One for all users, or one for each.

    Returns
    -------
    ndarray of shape (user_count,)
        In scaled units squared.
    """
    return np.nansum((matrix - centroids) ** 2, axis=1)


def known_means(matrix):
    """Mean of each feature over the users of whom it is known.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features.

    Returns
    -------
    ndarray of shape (feature_count,)
        0, the mean of all users, where nobody's is known.
    """
    counts = np.count_nonzero(~np.isnan(matrix), axis=0)
    return np.nansum(matrix, axis=0) / np.maximum(counts, 1)


def total_inertia(matrix):
    """Sum of squared distances of all users to their mean.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features.

    Returns
    -------
    float
        In scaled units squared.
    """
    return float(squared_distances(matrix, known_means(matrix)).sum())


def at_center(matrix):
    """The matrix for methods that take no nan: what is not known is at the centre.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features, whose mean over all users is about 0.

    Returns
    -------
    ndarray of shape (user_count, feature_count)
    """
    return np.where(np.isnan(matrix), 0, matrix)
