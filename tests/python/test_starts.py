"""Starts for all restarts at once, beside those of scikit-learn."""

import numpy as np
import pytest
from sklearn.cluster import KMeans, kmeans_plusplus

from clustering import RESTARTS, SEED, fit_segments, one_thread
from planted import planted, uniform
from starts import starts


@pytest.mark.parametrize("segment_count", range(2, 9))
@pytest.mark.parametrize("matrix", [planted(1, seed=0)[0], uniform(0)[0]])
def test_starts_are_those_of_scikit_learn(matrix, segment_count):
    one_by_one = np.random.RandomState(SEED)
    expected = [
        kmeans_plusplus(matrix, segment_count, random_state=one_by_one)[1]
        for _ in range(RESTARTS)
    ]
    found = starts(matrix, segment_count, RESTARTS, np.random.RandomState(SEED))
    np.testing.assert_array_equal(found, expected)


def test_all_different_users_are_drawn_where_there_are_no_more():
    matrix = np.repeat([[0.0, 1], [2, 0], [5, 5]], [50, 1, 3], axis=0)
    drawn = starts(matrix, 3, 20, np.random.RandomState(0))
    assert all(len(np.unique(matrix[users], axis=0)) == 3 for users in drawn)


def test_the_best_of_all_restarts_is_kept():
    matrix, _ = uniform(0)
    with one_thread():
        expected = KMeans(6, n_init=RESTARTS, random_state=SEED).fit(matrix)
        first = KMeans(6, n_init=1, random_state=SEED).fit(matrix)
    assert fit_segments(matrix, 6).inertia == expected.inertia_ < first.inertia_
    assert fit_segments(matrix, 6, restarts=1).inertia == first.inertia_
