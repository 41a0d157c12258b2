"""Models that come after one another."""

import numpy as np
import pandas as pd
import pytest

from user_segmentation.training.identity import NONE
from user_segmentation.training.model_registry import model_rows
from user_segmentation.training.succession import Predecessor, first_model, successor
from user_segmentation.training.techniques import TECHNIQUES

CENTRES = np.array([[0.0, 0], [10, 0], [0, 10]])
AWAY = np.array([500, 0])
SCALES = pd.DataFrame(
    {
        "feature": ["a", "b"],
        "transform": "none",
        "center": [0.0, 0],
        "scale": [1.0, 1],
        "clip": [99.0, 99],
    }
)


def users_at(centres, count=50, seed=0):
    """Users around each centre, one centre after the other."""
    generator = np.random.default_rng(seed)
    noise = generator.normal(size=(len(centres) * count, 2))
    return np.repeat(centres, count, axis=0) + noise


def registered(model, version=1):
    facts = {
        "objective": "aim",
        "model_version": version,
        "trained_at": pd.Timestamp("2026-01-01"),
        "reason": "",
        "definition_fingerprint": "",
        "is_sample": False,
        "input_fingerprint": "",
        "user_count": 9,
        "inertia": model.inertia,
    }
    return model_rows(model.centroids, model.numbers, model.scales, facts)


def after(model, highest_number=None, *, user_numbers=None, may_stay=False):
    return Predecessor(
        registered(model),
        np.array(NONE) if user_numbers is None else user_numbers,
        highest_number or model.numbers.max(),
        may_stay,
    )


def number_at(model, centre):
    """Number of the segment that lies nearest to a place."""
    return model.numbers[((model.centroids - centre) ** 2).sum(axis=1).argmin()]


@pytest.fixture
def first():
    # The middle one is the largest, and so on: numbers follow sizes.
    matrix = np.vstack([users_at(CENTRES), users_at(CENTRES[1:], 20, seed=1)])
    return first_model(matrix, 3, SCALES, 0)


def test_a_first_model_goes_on_from_the_highest_number():
    model = first_model(users_at(CENTRES), 3, SCALES, 7)
    assert model.numbers.tolist() == [8, 9, 10]


def test_numbers_stay_whatever_the_sizes_become(first):
    matrix = np.vstack([users_at(CENTRES), users_at(CENTRES[:1], 200, seed=1)])
    model = successor(matrix, 3, SCALES, after(first))
    for centre in CENTRES:
        assert number_at(model, centre) == number_at(first, centre)
    assert model.numbers.tolist() == sorted(model.numbers)


def test_numbers_stay_where_the_scales_of_features_change(first):
    scales = SCALES.assign(center=[5.0, -3], scale=[0.5, 2])
    matrix = (users_at(CENTRES) - [5, -3]) / [0.5, 2]
    model = successor(matrix, 3, scales, after(first))
    for centre in CENTRES:
        place = (centre - np.array([5, -3])) / [0.5, 2]
        assert number_at(model, place) == number_at(first, centre)


def test_a_group_that_makes_room_for_another_one_retires_its_number(first):
    centres = np.array([[0.0, 0], [10, 0], [30, 30]])
    model = successor(users_at(centres), 3, SCALES, after(first, highest_number=5))
    assert number_at(model, centres[0]) == number_at(first, CENTRES[0])
    assert number_at(model, centres[1]) == number_at(first, CENTRES[1])
    assert number_at(model, centres[2]) == 6


def test_segments_that_all_moved_away_are_those_of_the_same_users(first):
    # As when a column is counted in another unit: nobody is where anybody was.
    matrix = users_at(CENTRES) + AWAY
    labels = np.repeat([number_at(first, centre) for centre in CENTRES], 50)
    model = successor(matrix, 3, SCALES, after(first, user_numbers=labels))
    for centre in CENTRES:
        assert number_at(model, centre + AWAY) == number_at(first, centre)
    # Of users whom nobody knows, nothing tells.
    model = successor(matrix, 3, SCALES, after(first))
    assert set(model.numbers).isdisjoint(first.numbers)


def test_where_features_change_segments_are_those_of_the_same_users(first):
    scales = SCALES.assign(feature=["c", "d"])
    # The same three groups of users, seen by features that lie elsewhere.
    matrix = users_at(CENTRES[[2, 0, 1]] * 3)
    labels = np.repeat([number_at(first, centre) for centre in CENTRES], 50)
    labels[::10] = NONE
    model = successor(matrix, 3, scales, after(first, user_numbers=labels))
    for before, now in zip(CENTRES, CENTRES[[2, 0, 1]] * 3, strict=True):
        assert number_at(model, now) == number_at(first, before)


def test_an_old_model_stays_where_a_new_one_is_hardly_better():
    first = first_model(users_at(CENTRES, 500), 3, SCALES, 0)
    matrix = users_at(CENTRES, 500, seed=2)
    model = successor(matrix, 3, SCALES, after(first, may_stay=True))
    assert np.array_equal(model.centroids, first.centroids[np.argsort(first.numbers)])
    assert model.inertia == first.inertia
    assert model.remark.startswith("It stays as it was: a new one would be only ")


def test_an_old_model_goes_where_a_new_one_is_much_better(first):
    matrix = users_at(CENTRES * 1.4)
    model = successor(matrix, 3, SCALES, after(first, may_stay=True))
    assert model.remark == ""
    assert np.abs(model.centroids.max(axis=0) - 14).max() < 1
    assert set(model.numbers) == set(first.numbers)


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_any_technique_has_successors(first, technique):
    model = successor(
        users_at(CENTRES), 3, SCALES, after(first), fit=TECHNIQUES[technique]
    )
    for centre in CENTRES:
        assert number_at(model, centre) == number_at(first, centre)
