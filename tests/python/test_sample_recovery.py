"""The shipped sample against the personas planted in it."""

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from clustering import fit_segments
from conftest import ROOT
from tutorial import preprocessor


@pytest.fixture(scope="module")
def personas():
    """Persona of each user that has one."""
    truth = pd.read_csv(ROOT / "tests/data/sample_truth.csv", dtype={"user_id": str})
    return truth[~truth["is_background"]].set_index("user_id")["persona"]


@pytest.fixture(scope="module")
def recovery(sample_build, personas):
    """Adjusted Rand index of the segments for personalized marketing."""
    segments = sample_build.query(
        """
        select user_id, segment_number from segmentation.user_segments
        where objective = 'personalized_marketing'
        """
    ).set_index("user_id")["segment_number"]
    return adjusted_rand_score(personas, segments[personas.index])


def test_the_planted_personas_are_found(recovery):
    assert recovery >= 0.85


def test_the_personas_are_found_better_than_by_the_tutorial(recovery, personas):
    profiles = pd.read_csv(ROOT / "seeds/raw_user_profiles.csv", dtype={"User ID": str})
    labels = fit_segments(preprocessor().fit_transform(profiles), 5).labels
    tutorial = pd.Series(labels, index=profiles["User ID"])
    assert recovery >= 0.15 + adjusted_rand_score(personas, tutorial[personas.index])
