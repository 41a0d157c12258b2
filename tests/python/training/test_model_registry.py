"""The registry of models."""

import sys

import numpy as np
import pandas as pd
import pytest
import sklearn

from user_segmentation.training.model_registry import (
    COLUMN_TYPES,
    centroids_of,
    model_rows,
    newest_version,
)

FACTS = {
    "objective": "aim",
    "model_version": 3,
    "trained_at": pd.Timestamp("2026-01-02 03:04:05.000006"),
    "reason": "It is the first.",
    "definition_fingerprint": "x",
    "is_sample": True,
    "input_fingerprint": "y",
    "user_count": 9,
    "inertia": 1.5,
}
SCALES = pd.DataFrame(
    {
        "feature": ["a", "b"],
        "transform": ["none", "log1p"],
        "center": [1.0, 2],
        "scale": [3.0, 4],
        "clip": [3.0, 3],
    }
)
CENTROIDS = np.array([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])
NUMBERS = np.array([2, 5, 7])


@pytest.fixture
def rows():
    return model_rows(CENTROIDS, NUMBERS, SCALES, FACTS)


def test_a_model_is_a_row_for_each_segment_and_feature(rows):
    assert list(rows.columns) == list(COLUMN_TYPES)
    assert rows[["segment_number", "feature", "centroid"]].to_numpy().tolist() == [
        [2, "a", 0.1],
        [2, "b", 0.2],
        [5, "a", 0.3],
        [5, "b", 0.4],
        [7, "a", 0.5],
        [7, "b", 0.6],
    ]
    for fact, value in FACTS.items():
        assert set(rows[fact]) == {value}


def test_a_model_comes_back_from_rows_in_any_order(rows):
    shuffled = rows.sample(frac=1, random_state=0)
    centroids, numbers, scales = centroids_of(shuffled)
    assert np.array_equal(centroids, CENTROIDS)
    assert np.array_equal(numbers, NUMBERS)
    assert scales.equals(SCALES)


def test_a_model_knows_what_it_was_made_with(rows):
    (libraries,) = set(rows["libraries"])
    assert f"scikit-learn {sklearn.__version__}" in libraries
    assert f"numpy {np.__version__}" in libraries
    assert f"Python {sys.version.split()[0]}" in libraries


def test_the_newest_version_has_the_highest_number(rows):
    older = rows.assign(model_version=2)
    newest = newest_version(pd.concat([rows.assign(model_version=10), rows, older]))
    assert set(newest["model_version"]) == {10}
    assert len(newest) == len(rows)
