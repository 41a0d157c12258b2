"""The map of users: principal components, the same whenever they are found."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from user_segmentation.training.projection import project


@pytest.fixture
def matrix():
    """300 users who differ in five features by unequal amounts."""
    generator = np.random.default_rng(3)
    return generator.normal(size=(300, 5)) * [3, 2, 1, 0.5, 0.1] + 7


def test_the_map_is_that_of_scikit_learn_but_for_the_sign(matrix):
    pca = PCA(2).fit(matrix)
    centroids = matrix[:4]
    found = project(matrix, centroids)
    for ours, theirs in [(found.users, matrix), (found.centres, centroids)]:
        expected = pca.transform(theirs)
        for axis in range(2):
            differences = [
                np.abs(ours[:, axis] - sign * expected[:, axis]).max()
                for sign in (1, -1)
            ]
            assert min(differences) < 1e-4
    assert found.variance_shares == pytest.approx(
        pca.explained_variance_ratio_, abs=1e-4
    )


def test_a_map_of_two_features_keeps_every_distance(matrix):
    plane = matrix[:, :2]
    users = project(plane, plane[:1]).users
    for first, second in [(0, 1), (5, 200), (17, 299)]:
        assert np.linalg.norm(users[first] - users[second]) == pytest.approx(
            np.linalg.norm(plane[first] - plane[second]), abs=1e-3
        )


def test_the_largest_weight_of_an_axis_is_positive(matrix):
    # Most of the variance is along the first feature: who has more is to the right.
    order = np.argsort(matrix[:, 0])
    users = project(matrix, matrix[:1]).users
    assert users[order[-1], 0] > users[order[0], 0]


def test_mirrored_users_give_a_mirrored_map(matrix):
    mirrored = project(-matrix, -matrix[:2]).users
    assert mirrored == pytest.approx(-project(matrix, matrix[:2]).users, abs=1e-4)


def test_users_along_a_line_worked_by_hand():
    # Mean (0, 0); the direction is (0.6, 0.8), and there is no other.
    matrix = np.array([[-3.0, -4.0], [0.0, 0.0], [3.0, 4.0]])
    found = project(matrix, np.array([[1.5, 2.0]]))
    assert found.users.tolist() == [[-5, 0], [0, 0], [5, 0]]
    assert found.centres.tolist() == [[2.5, 0]]
    assert found.variance_shares.tolist() == [1, 0]


@pytest.mark.parametrize(
    "matrix",
    [np.ones((1, 3)), np.ones((4, 3)), np.array([[1.0], [2.0]])],
    ids=["one user", "all the same", "one feature"],
)
def test_too_little_for_two_directions_is_no_error(matrix):
    found = project(matrix, matrix[:1])
    assert found.users.shape == (len(matrix), 2)
    assert np.isfinite(found.users).all()
    assert found.users[:, 1].tolist() == [0] * len(matrix)
    assert found.variance_shares[1] == 0
