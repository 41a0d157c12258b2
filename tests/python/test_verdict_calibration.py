"""A part of `make calibrate`: the verdict on data of which the truth is known."""

import pandas as pd
import pytest

from calibrate import judge, shuffled_draw, supported_count
from conftest import green_build
from planted import correlated_cloud, planted, uniform


@pytest.mark.parametrize("draw", [shuffled_draw, uniform])
def test_data_without_structure_has_none(draw):
    assert [judge(*draw(seed)) for seed in range(5)] == ["none"] * 5


@pytest.mark.parametrize("delta", [0.75, 1.0])
def test_personas_that_overlap_are_never_none(delta):
    assert judge(*planted(delta, seed=0)[:2]) != "none"


@pytest.mark.parametrize("delta", [1.25, 1.5, 2.0])
def test_separate_personas_are_strong_and_their_number_is_found(delta):
    users = planted(delta, seed=0)[:2]
    assert judge(*users) == "strong"
    assert supported_count(*users) == 5


@pytest.mark.parametrize("rho", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("segment_count", [2, 3])
def test_slices_of_one_cloud_are_never_strong(rho, segment_count):
    assert judge(*correlated_cloud(rho, seed=0), segment_count) != "strong"


def test_the_sample_is_strong_and_its_shuffled_copy_is_none(tmp_path, sample_build):
    query = "select objective, verdict from marts.segmentations"
    verdicts = sample_build.query(query).set_index("objective")["verdict"]
    assert verdicts["personalized_marketing"] == "strong"
    assert "none" not in set(verdicts)

    profiles = pd.read_csv("seeds/raw_user_profiles.csv", dtype=str)
    for place, column in enumerate(profiles.columns[1:]):
        shuffled = profiles[column].sample(frac=1, random_state=place)
        profiles[column] = shuffled.to_numpy()
    file = tmp_path / "shuffled.csv"
    profiles.to_csv(file, index=False)
    build = green_build(tmp_path / "build", user_profiles=str(file))
    assert set(build.query(query)["verdict"]) == {"none"}
