"""Users drawn again, and remembered."""

from collections import OrderedDict

import numpy as np
import pytest

from user_segmentation.evidence import redraws as remembering
from user_segmentation.evidence.redraws import Redraws, redraws
from user_segmentation.training.clustering import SEED, fit_segments

USERS = np.random.default_rng(0).normal(size=(40, 2))


@pytest.fixture
def fits():
    return []


@pytest.fixture
def fit(fits):
    def counted(matrix, segment_count):
        fits.append(segment_count)
        return fit_segments(matrix, segment_count)

    return counted


def test_a_draw_is_a_bootstrap_sample_and_its_fit():
    drawn = np.random.default_rng(SEED).integers(40, size=40)
    expected = dict(zip(drawn, fit_segments(USERS[drawn], 3).labels, strict=True))
    users, labels = Redraws(USERS, 3, fit_segments)[0]
    assert dict(zip(users, labels, strict=True)) == expected
    assert len(users) == len(expected)


def test_draws_are_the_same_in_whatever_order_they_are_asked_for():
    backwards, forwards = (Redraws(USERS, 3, fit_segments) for _ in range(2))
    last = backwards[4]
    for draw in range(5):
        np.testing.assert_array_equal(forwards[draw], backwards[draw])
    np.testing.assert_array_equal(forwards[4], last)
    assert not np.array_equal(forwards[0][0], forwards[1][0])


def test_a_draw_is_fitted_once_however_often_it_is_asked_for(fit, fits):
    first = redraws(USERS, 3, fit)[2]
    assert redraws(USERS.copy(), 3, fit)[2] is first
    assert fits == [3, 3, 3]


def test_no_draw_is_taken_for_another(fit, fits):
    others = [USERS + 1, USERS[::-1], USERS.T, USERS.reshape(20, 4)]
    asked = [(USERS, 2), *((matrix, 3) for matrix in [USERS, *others])]
    for matrix, segment_count in asked:
        expected = Redraws(matrix, segment_count, fit_segments)[0]
        found = redraws(matrix, segment_count, fit)[0]
        assert (found is None) == (expected is None)
        if found:
            np.testing.assert_array_equal(found, expected)
    assert fits == [segment_count for matrix, segment_count in asked if len(matrix) > 2]


def test_the_oldest_draws_are_forgotten(fit, fits, monkeypatch):
    monkeypatch.setattr(remembering, "_remembered", OrderedDict())
    monkeypatch.setattr(remembering, "MOST_REMEMBERED", 2)
    for segment_count in (2, 3, 4, 4, 3, 2):
        redraws(USERS, segment_count, fit)[0]
    assert fits == [2, 3, 4, 2]
