"""Which of the new segments are old ones, and what number each bears."""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

# Beyond the middle between itself and its nearest neighbour, a segment is no longer
# the one that lies nearest to where it was.
CAP = 0.5
# From here on no second segment can be as similar, but for two equal halves.
LEAST_JACCARD = 0.5
# No segment: of a user who is not there, or that a new segment comes from.
NONE = -1


def match_segments(old_centroids, new_centroids):
    """Match new segments to old ones by where they lie.

    The assignment with the least sum of squared distances (Kuhn 1955), in which an old
    segment may stay without a match at the cost of (`CAP` times its distance to its
    nearest old neighbour) squared, and so never has one that lies farther away. A
    single old segment has no neighbour to be confused with: the nearest new one is
    its match, however far it lies.

    Parameters
    ----------
    old_centroids : ndarray of shape (old_count, feature_count)
    new_centroids : ndarray of shape (new_count, feature_count)
        In the units of the old model (see `refit.in_scale_of`).

    Returns
    -------
    matching : ndarray of shape (new_count,)
        Position of the old segment that each new one is, or `NONE`.

    References
    ----------
    Kuhn, H. W. (1955), The Hungarian method for the assignment problem, Naval Research
    Logistics Quarterly 2, 83-97.
    """
    between = cdist(old_centroids, old_centroids, "sqeuclidean")
    np.fill_diagonal(between, np.inf)
    # One more column for each old segment, which only that segment can take.
    unmatched = np.full_like(between, np.inf)
    np.fill_diagonal(unmatched, CAP**2 * between.min(axis=1, initial=np.inf))
    costs = cdist(old_centroids, new_centroids, "sqeuclidean")
    old, column = linear_sum_assignment(np.hstack([costs, unmatched]))
    return _matching(old, column, len(new_centroids))


def match_by_members(old_labels, new_labels, new_count, *, user_counts=1):
    """Match new segments to old ones by their users, where the features changed.

    Parameters
    ----------
    old_labels, new_labels : ndarray of shape (row_count,)
        Position of the user's segment in each model, from 0, or `NONE`. Only users
        whom both models know are compared.
    new_count : int
        Number of new segments.
    user_counts : ndarray of shape (row_count,), optional
        How many users a row stands for; by default one.

    Returns
    -------
    matching : ndarray of shape (new_count,)
        Position of the old segment that each new one is, or `NONE`: pairs, one to one,
        with a Jaccard similarity of at least `LEAST_JACCARD`.
    """
    old_count = np.max(old_labels, initial=NONE) + 1
    shared = user_overlap(old_labels, new_labels, old_count, new_count, user_counts)
    shared = shared[:-1, :-1]
    either = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0) - shared
    jaccards = shared / np.maximum(either, 1)
    jaccards[jaccards < LEAST_JACCARD] = 0
    old, new = linear_sum_assignment(jaccards, maximize=True)
    is_similar = jaccards[old, new] > 0
    return _matching(old[is_similar], new[is_similar], new_count)


def assign_keys(matching, old_keys, highest_key):
    """Number the new segments so that no number ever means another segment.

    Parameters
    ----------
    matching : ndarray of shape (new_count,)
        Position of the old segment that each new one is, or `NONE`.
    old_keys : ndarray of shape (old_count,)
        Numbers of the old segments.
    highest_key : int
        The highest number that any segment of any version ever had; 0 before the
        first.

    Returns
    -------
    ndarray of shape (new_count,)
        The old number of segments that are kept; the others have the next ones, in
        their order. Old numbers that are not among them retire.

    Raises
    ------
    ValueError
        If an old number is above the highest.
    """
    if np.max(old_keys, initial=0) > highest_key:
        raise ValueError(f"{max(old_keys)} is above the highest key {highest_key}")
    is_new = matching == NONE
    keys = np.empty(len(matching), dtype=int)
    keys[~is_new] = np.asarray(old_keys)[matching[~is_new]]
    keys[is_new] = highest_key + 1 + np.arange(is_new.sum())
    return keys


def user_overlap(old_labels, new_labels, old_count, new_count, user_counts=1):
    """Count the users of each pair of an old and a new segment.

    Parameters
    ----------
    old_labels, new_labels : ndarray of shape (row_count,)
        Position of the user's segment in each model, from 0, or `NONE`.
    old_count, new_count : int
        Number of segments.
    user_counts : ndarray of shape (row_count,), optional
        How many users a row stands for; by default one.

    Returns
    -------
    ndarray of shape (old_count + 1, new_count + 1)
        Last come the users without an old and without a new segment.
    """
    shared = np.zeros((old_count + 1, new_count + 1))
    # NONE is the last position of each axis.
    np.add.at(shared, (old_labels, new_labels), user_counts)
    return shared


def _matching(old, new, new_count):
    matching = np.full(new_count, NONE)
    is_pair = new < new_count
    matching[new[is_pair]] = old[is_pair]
    return matching
