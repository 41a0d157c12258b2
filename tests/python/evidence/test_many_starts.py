"""KMeans from all its starts at once: the segments of scikit-learn's."""

import numpy as np
import pytest

from continua import CONTINUA
from groups import GROUPS
from planted import planted, uniform
from user_segmentation.evidence import many_starts
from user_segmentation.evidence.many_starts import kmeans
from user_segmentation.evidence.refits import REFITS, TEST_REFITS, TEST_RESTARTS
from user_segmentation.training.clustering import fit_segments
from user_segmentation.training.techniques import TECHNIQUES

MATRICES = {
    "personas": planted(1.0, seed=1)[0],
    "no groups": uniform(seed=1)[0],
    "continuum": CONTINUA["t-copula with a device"](seed=1)[0],
    "unequal spreads": GROUPS["unequal spreads"](seed=1)[0],
    "answers": GROUPS["interests alone"](seed=1000)[0],
}


def is_same(found, expected):
    """Whether two fits are the same but for rounding."""
    assert found.inertia == pytest.approx(expected.inertia, rel=1e-9)
    np.testing.assert_array_equal(found.labels, expected.labels)
    np.testing.assert_allclose(found.centroids, expected.centroids, atol=1e-9)


@pytest.mark.parametrize("segment_count", [2, 3, 5, 8])
@pytest.mark.parametrize("kind", MATRICES)
def test_segments_are_those_of_the_fit_that_makes_models(kind, segment_count):
    matrix = MATRICES[kind]
    for restarts in (3, 10):
        found = kmeans(matrix, segment_count, restarts=restarts)
        is_same(found, fit_segments(matrix, segment_count, restarts=restarts))


@pytest.mark.parametrize("segment_count", [2, 5])
@pytest.mark.parametrize("share", [0.001, 0.2])
def test_what_is_not_known_weighs_as_little(segment_count, share):
    matrix = MATRICES["personas"].copy()
    matrix[np.random.default_rng(0).random(matrix.shape) < share] = np.nan
    is_same(kmeans(matrix, segment_count), fit_segments(matrix, segment_count))


def test_the_same_users_give_the_same_bytes():
    matrix = MATRICES["no groups"]
    first, second = (kmeans(matrix.copy(), 6) for _ in range(2))
    assert first.centroids.tobytes() == second.centroids.tobytes()
    assert first.inertia == second.inertia


# Of so few values many users are as near to one centroid as to another.
@pytest.mark.parametrize("seed", range(20))
def test_few_different_users_make_as_many_segments_as_were_asked_for(seed):
    generator = np.random.default_rng(seed)
    matrix = generator.integers(3, size=(40, 3)).astype(float)
    for segment_count in (5, 8):
        found = kmeans(matrix, segment_count)
        assert (np.bincount(found.labels, minlength=segment_count) > 0).all()
        best = fit_segments(matrix, segment_count).inertia
        assert found.inertia == pytest.approx(best, rel=0.1)


def test_starts_that_lose_a_segment_leave_the_fit_to_scikit_learn(monkeypatch):
    def all_in_one(users, memberships):
        return np.zeros((5, users.shape[1])), np.zeros(len(users), dtype=int)

    monkeypatch.setattr(many_starts, "_best", all_in_one)
    matrix = MATRICES["personas"]
    is_same(kmeans(matrix, 5), fit_segments(matrix, 5))


def test_as_many_segments_as_kinds_of_users_leave_no_inertia():
    kinds = np.random.default_rng(0).normal(size=(6, 4))
    found = kmeans(np.repeat(kinds, 5, axis=0), 6)
    assert found.inertia == pytest.approx(0, abs=1e-20)
    assert np.bincount(found.labels).tolist() == [5] * 6


def test_fewer_different_users_than_segments_are_refused():
    with pytest.raises(ValueError, match="3 segments need as many different users"):
        kmeans(np.repeat([[0.0], [1]], 10, axis=0), 3)


def test_refits_are_of_the_same_techniques():
    assert list(REFITS) == list(TEST_REFITS) == list(TECHNIQUES)
    matrix = MATRICES["no groups"]
    is_same(
        TEST_REFITS["kmeans"](matrix, 7),
        fit_segments(matrix, 7, restarts=TEST_RESTARTS),
    )
