"""Users drawn again and fitted anew, as often as they are asked for."""

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

import numpy as np

from user_segmentation.training.clustering import SEED, has_distinct_users

# Enough for all numbers of segments of four objectives; of 2,000 users each takes a
# megabyte.
MOST_REMEMBERED = 32

_remembered = OrderedDict()


class Redraws:
    """Draws of the users with replacement, each fitted in exactly the same way.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segment_count : int
    fit : callable
        From a matrix and a number of segments to `Segments`.
    """

    def __init__(self, matrix, segment_count, fit):
        self._matrix = matrix
        self._segment_count = segment_count
        self._fit = fit
        self._generator = np.random.default_rng(SEED)
        self._made = []
        # dbt may build two models at once, and each draw follows the one before.
        self._lock = Lock()

    def __getitem__(self, draw):
        """The users of a draw, each of them once, and the segments they then are in.

        None where fewer different users were drawn than there are segments.
        """
        with self._lock:
            while len(self._made) <= draw:
                self._made.append(self._draw())
            return self._made[draw]

    def _draw(self):
        user_count = len(self._matrix)
        drawn = self._generator.integers(user_count, size=user_count)
        users = self._matrix[drawn]
        if not has_distinct_users(users, self._segment_count):
            return None
        labels = self._fit(users, self._segment_count).labels
        # A user drawn twice counts once.
        different, first = np.unique(drawn, return_index=True)
        return different, labels[first]


def redraws(matrix, segment_count, fit):
    """Draws that are remembered, since they are asked for again in the same build.

    A number of segments is chosen by them, and then the segments of that number are
    judged by them.

    Parameters
    ----------
    matrix, segment_count, fit
        As for `Redraws`.

    Returns
    -------
    Redraws
    """
    users = sha256(np.ascontiguousarray(matrix)).digest()
    key = users, matrix.shape, matrix.dtype, segment_count, fit
    if key not in _remembered:
        _remembered[key] = Redraws(matrix, segment_count, fit)
        if len(_remembered) > MOST_REMEMBERED:
            _remembered.popitem(last=False)
    return _remembered[key]
