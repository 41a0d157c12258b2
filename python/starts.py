"""Where a KMeans fit starts: k-means++, for all its restarts at once."""

import numpy as np


def starts(matrix, segment_count, restarts, random_state):
    """Draw the users whom the restarts of a fit start from.

    The method and the random numbers are scikit-learn's, and so are the users: drawn
    for one restart after the other, they cost a third of a fit to a thousand users.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segment_count : int
    restarts : int
    random_state : numpy.random.RandomState

    Returns
    -------
    ndarray of shape (restarts, segment_count), of int
        Rows of the matrix.

    References
    ----------
    Arthur and Vassilvitskii (2007), k-means++: the advantages of careful seeding,
    Proceedings of the 18th Symposium on Discrete Algorithms.
    """
    candidate_count = 2 + int(np.log(segment_count))
    draw_count = 1 + (segment_count - 1) * candidate_count
    draws = random_state.random_sample((restarts, draw_count))
    squares = np.einsum("ij,ij->i", matrix, matrix)
    evenly = np.cumsum(np.full(len(matrix), 1 / len(matrix)))
    first = np.searchsorted(evenly / evenly[-1], draws[:, 0], side="right")
    chosen = np.empty((restarts, segment_count), dtype=int)
    chosen[:, 0] = first
    nearest = _squared_distances(matrix, squares, first)
    every = np.arange(restarts)
    for place in range(1, segment_count):
        # The further a user is from all that are chosen, the likelier.
        sums = np.cumsum(nearest, axis=1)
        end = 1 + place * candidate_count
        drawn = draws[:, end - candidate_count : end] * nearest.sum(axis=1)[:, None]
        candidates = np.array(
            [np.searchsorted(*pair) for pair in zip(sums, drawn, strict=True)]
        )
        # Rounding may leave the last sum below what was drawn.
        np.minimum(candidates, len(matrix) - 1, out=candidates)
        distances = _squared_distances(matrix, squares, candidates.ravel())
        distances = distances.reshape(restarts, candidate_count, -1)
        np.minimum(distances, nearest[:, None], out=distances)
        best = distances.sum(axis=2).argmin(axis=1)
        nearest = distances[every, best]
        chosen[:, place] = candidates[every, best]
    return chosen


def _squared_distances(matrix, squares, users):
    distances = matrix[users] @ (-2 * matrix.T)
    distances += squares[users, None]
    distances += squares
    return np.maximum(distances, 0, out=distances)
