"""The shipped sample against the personas planted in it."""

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from conftest import ROOT, green_build
from tutorial import preprocessor
from user_segmentation.training.clustering import fit_segments

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def personas():
    """Persona of each user that has one."""
    truth = pd.read_csv(ROOT / "tests/data/sample_truth.csv", dtype={"user_id": str})
    return truth[~truth["is_background"]].set_index("user_id")["persona"]


def recoveries_of(build, personas):
    """Adjusted Rand index of the segments for each objective."""
    segments = build.query(
        "select objective, user_id, segment_number from segmentation.user_segments"
    ).pivot(index="user_id", columns="objective", values="segment_number")
    return segments.loc[personas.index].apply(
        lambda numbers: adjusted_rand_score(personas, numbers)
    )


@pytest.fixture(scope="module")
def recoveries(sample_build, personas):
    """With the logs that belong to the sample."""
    return recoveries_of(sample_build, personas)


@pytest.fixture(scope="module")
def recovery(recoveries):
    """Of the objective that the personas are planted for."""
    return recoveries["personalized_marketing"]


def test_the_planted_personas_are_found(recovery):
    assert recovery >= 0.85


def test_the_personas_are_found_better_than_by_the_tutorial(recovery, personas):
    profiles = pd.read_csv(ROOT / "seeds/raw_user_profiles.csv", dtype={"User ID": str})
    labels = fit_segments(preprocessor().fit_transform(profiles), 5).labels
    tutorial = pd.Series(labels, index=profiles["User ID"])
    assert recovery >= 0.15 + adjusted_rand_score(personas, tutorial[personas.index])


@pytest.fixture(scope="module")
def recoveries_without_logs(tmp_path_factory, personas):
    """In another place the profiles are not those that the logs belong to."""
    folder = tmp_path_factory.mktemp("profiles")
    profiles = folder / "users.csv"
    profiles.write_bytes((ROOT / "seeds/raw_user_profiles.csv").read_bytes())
    build = green_build(folder / "build", user_profiles=str(profiles))
    assert build.query("from staging.stg_events").empty
    return recoveries_of(build, personas)


def test_the_logs_help_to_find_the_personas(recoveries, recoveries_without_logs):
    assert (recoveries >= 0.05 + recoveries_without_logs).all()


def test_the_readme_says_how_much_the_logs_help(recoveries, recoveries_without_logs):
    readme = " ".join((ROOT / "README.md").read_text().split())
    texts = [
        "{personalized_marketing:.2f}, {product_recommendation:.2f} and "
        "{customer_service:.2f}".format(**found)
        for found in (recoveries, recoveries_without_logs)
    ]
    assert "index of {}, without at {}.".format(*texts) in readme
