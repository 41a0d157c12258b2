"""The fit."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from user_segmentation.training.clustering import SEED, fit_segments, has_distinct_users


@pytest.fixture
def matrix():
    """400 users around four centres of unequal weight."""
    generator = np.random.default_rng(1)
    centers = np.array([[0, 0], [6, 0], [0, 6], [6, 6]])
    sizes = generator.choice(4, size=400, p=[0.1, 0.2, 0.3, 0.4])
    return centers[sizes] + generator.normal(size=(400, 2))


def test_the_fit_is_that_of_scikit_learn(matrix):
    segments = fit_segments(matrix, 4)
    expected = KMeans(4, n_init=10, random_state=0).fit(matrix)
    assert adjusted_rand_score(segments.labels, expected.labels_) == 1
    assert segments.inertia == pytest.approx(expected.inertia_)


def test_segments_are_numbered_from_the_largest(matrix):
    sizes = np.bincount(fit_segments(matrix, 4).labels)
    assert sizes.tolist() == sorted(sizes, reverse=True)


def test_labels_and_centroids_belong_together(matrix):
    segments = fit_segments(matrix, 4)
    for number, centroid in enumerate(segments.centroids):
        members = matrix[segments.labels == number]
        np.testing.assert_allclose(members.mean(axis=0), centroid, atol=1e-9)


def test_segments_of_equal_size_are_numbered_by_their_centroids():
    matrix = np.repeat([[5.0, 1], [1, 9], [1, 2]], 10, axis=0)
    centroids = fit_segments(matrix, 3).centroids
    np.testing.assert_allclose(centroids, [[1, 2], [1, 9], [5, 1]])


def test_initial_centroids_decide_where_the_fit_starts(matrix):
    start = matrix[:4]
    expected = KMeans(4, init=start, n_init=1).fit(matrix)
    segments = fit_segments(matrix, 4, initial_centroids=start)
    assert adjusted_rand_score(segments.labels, expected.labels_) == 1


def test_the_best_of_all_restarts_is_kept():
    matrix = np.random.default_rng(0).uniform(size=(300, 4))
    expected = [
        KMeans(6, n_init=restarts, random_state=SEED).fit(matrix).inertia_
        for restarts in (1, 10)
    ]
    found = [fit_segments(matrix, 6, restarts=restarts).inertia for restarts in (1, 10)]
    assert found == pytest.approx(expected)
    assert found[1] < found[0]


def test_fewer_different_users_than_segments_are_refused():
    matrix = np.repeat([[0.0], [1]], 10, axis=0)
    with pytest.raises(ValueError, match="3 segments need as many different users"):
        fit_segments(matrix, 3)


def test_different_users_count_wherever_they_stand():
    matrix = np.repeat([[0.0, 1], [0, 2], [1, 2]], [100, 1, 1], axis=0)
    assert has_distinct_users(matrix, 3)
    assert not has_distinct_users(matrix, 4)
