"""A part of `make calibrate`: the verdict on data of which the truth is known."""

import pandas as pd
import pytest

from calibrate import agreements, judge, shuffled_draw
from conftest import green_build
from continua import CONTINUA
from groups import GROUPS
from planted import correlated_cloud, planted, uniform

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("draw", [shuffled_draw, uniform])
def test_data_without_structure_has_none(draw):
    assert [judge(*draw(seed), 5)[0] for seed in range(3)] == ["none"] * 3


@pytest.mark.parametrize("delta", [0.75, 1.0])
def test_personas_that_overlap_are_never_none(delta):
    assert judge(*planted(delta, seed=0)[:2], 5)[0] != "none"


@pytest.mark.parametrize("rho", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("segment_count", [2, 3])
def test_slices_of_one_cloud_are_never_strong(rho, segment_count):
    assert judge(*correlated_cloud(rho, seed=0), segment_count)[0] != "strong"


@pytest.mark.parametrize("kind", CONTINUA)
def test_a_continuum_is_never_strong(kind):
    assert judge(*CONTINUA[kind](seed=0))[0] != "strong"


# Those of 20,000 users take long; groups that touch have a number, but not always the
# best verdict.
FOUND = [
    kind
    for kind in GROUPS
    if kind not in ("20,000 users", "interests alone") and "delta 1.0" not in kind
]
STRONG = [kind for kind in FOUND if "like" not in kind and kind != "60 users"]


@pytest.mark.parametrize("kind", FOUND)
def test_groups_are_found_in_their_number(kind):
    matrix, sources, truth = GROUPS[kind](seed=0)
    word, score = judge(matrix, sources)
    found, true = agreements(matrix, truth, score.segment_count)
    assert score.is_supported
    assert true > 0.8
    # Of four groups the smallest, with 5% of the users, may not be told apart.
    assert found > true - 0.05
    assert word == "strong" or kind not in STRONG


def test_groups_within_one_source_are_no_coincidence():
    matrix, sources, _ = GROUPS["interests alone"](seed=0)
    assert len(set(sources)) == 1
    word, score = judge(matrix, sources, 5)
    assert word in ("moderate", "strong")
    assert score.is_within_sources


@pytest.mark.chaos
def test_the_sample_is_strong_and_its_shuffled_copy_has_lists_of_interests_only(
    tmp_path, sample_build
):
    query = "select objective, verdict, is_within_sources from marts.segmentations"
    verdicts = sample_build.query(query).set_index("objective")["verdict"]
    assert set(verdicts) == {"strong"}

    profiles = pd.read_csv("seeds/raw_user_profiles.csv", dtype=str)
    for place, column in enumerate(profiles.columns[1:]):
        shuffled = profiles[column].sample(frac=1, random_state=place)
        profiles[column] = shuffled.to_numpy()
    file = tmp_path / "shuffled.csv"
    profiles.to_csv(file, index=False)
    build = green_build(tmp_path / "build", user_profiles=str(file))
    # What was shuffled keeps what goes together inside a list of interests.
    judged = build.query(query).set_index("objective")
    between = judged.loc[~judged["is_within_sources"], "verdict"]
    assert set(between) == {"none"}
    assert set(judged.index[judged["is_within_sources"]]) <= {"product_recommendation"}
