"""The registry of models."""

import numpy as np
import pandas as pd
import pytest

from clustering import Segments
from model_registry import COLUMN_TYPES, model_rows, new_versions

EMPTY = pd.DataFrame(columns=list(COLUMN_TYPES))


@pytest.fixture
def fitted():
    scales = pd.DataFrame(
        {
            "objective": "aim",
            "feature": ["a", "b"],
            "transform": "none",
            "center": [1.0, 2],
            "scale": [3.0, 4],
            "clip": [3.0, 3],
        }
    )
    segments = Segments(np.array([[0.1, 0.2], [0.3, 0.4]]), np.array([0, 1]), 1.0)
    return model_rows(segments, scales)


def test_a_model_is_a_row_for_each_segment_and_feature(fitted):
    assert fitted[["segment_number", "feature", "centroid"]].to_numpy().tolist() == [
        [1, "a", 0.1],
        [1, "b", 0.2],
        [2, "a", 0.3],
        [2, "b", 0.4],
    ]


def test_the_first_model_is_version_one(fitted):
    assert set(new_versions([fitted], EMPTY)["model_version"]) == {1}


def test_the_same_model_is_not_stored_twice(fitted):
    registry = new_versions([fitted], EMPTY).sample(frac=1, random_state=0)
    appended = new_versions([fitted], registry)
    assert appended.empty
    assert list(appended.columns) == list(COLUMN_TYPES)


@pytest.mark.parametrize("column", ["centroid", "center", "scale", "clip"])
def test_a_model_that_differs_in_one_number_is_the_next_version(fitted, column):
    registry = new_versions([fitted], EMPTY)
    changed = fitted.copy()
    changed.loc[2, column] = np.nextafter(changed.loc[2, column], 9)
    assert set(new_versions([changed], registry)["model_version"]) == {2}


def test_versions_are_counted_for_each_objective_alone(fitted):
    registry = new_versions([fitted], EMPTY)
    other = fitted.assign(objective="other aim")
    appended = new_versions([fitted, other], registry)
    assert set(appended["objective"]) == {"other aim"}
    assert set(appended["model_version"]) == {1}


def test_going_back_to_an_older_model_is_a_new_version(fitted):
    changed = fitted.assign(center=9.0)
    registry = new_versions([fitted], EMPTY)
    registry = pd.concat([registry, new_versions([changed], registry)])
    assert set(new_versions([fitted], registry)["model_version"]) == {3}
