"""Fits that are asked for again."""

import numpy as np
import pytest

import remembering
from remembering import remembered


@pytest.fixture
def made():
    return []


@pytest.fixture
def fit(made):
    """What was asked, as it was asked; it tells how often it was fitted."""

    @remembered
    def fit(matrix, segment_count):
        made.append(segment_count)
        return matrix.tolist(), segment_count

    return fit


def test_what_was_asked_is_found_again(fit, made):
    matrix = np.arange(6.0).reshape(2, 3)
    assert fit(matrix, 2) == fit(matrix.copy(), 2) == (matrix.tolist(), 2)
    assert made == [2]
    fit.forget()
    assert fit(matrix, 2) == (matrix.tolist(), 2)
    assert made == [2, 2]


def test_nothing_else_is_taken_for_it(fit, made):
    matrix = np.arange(6.0).reshape(2, 3)
    others = [
        matrix + 1,
        matrix[::-1],
        matrix.T,
        matrix.reshape(3, 2),
        matrix.view(int),
    ]
    asked = [(matrix, 2), (matrix, 3), *((other, 2) for other in others)]
    for matrix, segment_count in asked + asked:
        assert fit(matrix, segment_count) == (matrix.tolist(), segment_count)
    assert len(made) == len(asked)


def test_the_oldest_are_forgotten_first(fit, made, monkeypatch):
    monkeypatch.setattr(remembering, "MOST_FITS", 2)
    for segment_count in (1, 2, 3, 3, 2, 1):
        fit(np.ones((1, 1)), segment_count)
    assert made == [1, 2, 3, 1]
