"""Builds on too few users, on just enough, and on users who are alike."""

import pytest

from conftest import build_project, green_build, sample_rows, write_profiles

pytestmark = pytest.mark.slow


def repeated(user_count, kind_count):
    """Users of whom only so many differ, but for their ids."""
    kinds = sample_rows(kind_count)
    return [
        {**kinds[number % kind_count], "User ID": str(number)}
        for number in range(user_count)
    ]


def objective(segment_count):
    return {
        "service": {
            "block_weights": {"engagement": 1, "devices": 1},
            "outcome": "conversion_rate",
            "segment_count": segment_count,
        }
    }


@pytest.mark.parametrize(
    ("rows", "segment_count", "message"),
    [
        (
            sample_rows(4),
            "auto",
            "5 segments (fallback_segment_count) need as many users with different "
            "values, and the 4 users compared have no more. Bring more users, or lower "
            "fallback_segment_count to at most 4.",
        ),
        (
            repeated(30, 3),
            8,
            "8 segments (segment_count) need as many users with different values, and "
            "the 30 users compared have 3 different sets of values (block devices: 3, "
            "block engagement: 3). More users of the same kind would not help: weigh "
            "blocks or add features in which users differ, or lower segment_count to "
            "at most 3.",
        ),
        pytest.param(
            repeated(2500, 1),
            2,
            "2 segments (segment_count) need as many users with different values, and "
            "the 2,000 users compared have the same values (block devices: 1, block "
            "engagement: 1). More users of the same kind would not help: weigh blocks "
            "or add features in which users differ.",
            marks=pytest.mark.chaos,
        ),
    ],
)
def test_fewer_different_users_than_segments_are_refused_with_one_line(
    tmp_path, rows, segment_count, message
):
    build = build_project(
        tmp_path,
        arguments=[
            *("--select", "+segment_count_scores"),
            *("--exclude-resource-type", "test"),
        ],
        user_profiles=write_profiles(tmp_path / "users.csv", rows),
        objectives=objective(segment_count),
    )
    assert build.returncode != 0
    lines = [line.strip() for line in build.output.splitlines()]
    assert f"Objective service: {message}" in lines
    assert "Traceback" not in build.output
    assert "tried on" not in build.output


@pytest.mark.parametrize(
    ("user_count", "kind_count"),
    [
        (6, 6),
        *(
            pytest.param(*counts, marks=pytest.mark.chaos)
            for counts in [(7, 7), (8, 8), (12, 12), (30, 30), (30, 6)]
        ),
    ],
)
def test_few_users_are_segmented(tmp_path, user_count, kind_count):
    file = write_profiles(tmp_path / "users.csv", repeated(user_count, kind_count))
    build = green_build(tmp_path, user_profiles=file)
    segmentations = build.query("from marts.segmentations")
    assert segmentations["user_count"].tolist() == [user_count] * 3
    assert segmentations["segment_count"].between(2, min(kind_count, 8)).all()


# A feature and a whole block of either kind: flags and numbers.
CONSTANT = {
    "Time Spent Online (hrs/weekday)": "4",
    "Device Usage": "Tablet",
    "Click-Through Rates (CTR)": "0.1",
    "Ad Interaction Time (sec)": "60",
}
CONSTANT_FEATURES = {
    "weekday_hours_online",
    "is_mobile_user",
    "is_desktop_user",
    "is_tablet_user",
    "click_through_rate",
    "ad_interaction_seconds",
}


@pytest.fixture(scope="module")
def constant_build(tmp_path_factory):
    """300 users who are all the same in some columns."""
    folder = tmp_path_factory.mktemp("constant")
    rows = [row | CONSTANT for row in sample_rows(300)]
    return green_build(folder, user_profiles=write_profiles(folder / "users.csv", rows))


@pytest.mark.chaos
def test_a_feature_that_all_users_share_weighs_nothing(constant_build):
    scales = constant_build.query("from segmentation.feature_scales")
    weightless = scales[scales["clip"] == 0]
    # Without logs, what they would tell is the same for all users.
    logged = scales["source"].isin(["events", "transactions"])
    constant = CONSTANT_FEATURES | set(scales.loc[logged, "feature"])
    assert set(weightless["feature"]) == constant
    assert not scales.loc[scales["clip"] > 0, "feature"].isin(constant).any()
    vectors = constant_build.query(
        """
        select distinct unnest(map_entries(map(features, vector)), recursive := true)
        from segmentation.training_matrix
        inner join (
            select objective, list(feature order by feature) as features
            from segmentation.feature_scales
            group by all
        ) using (objective)
        """
    )
    shared = vectors["key"].isin(constant)
    assert (vectors.loc[shared, "value"] == 0).all()
    assert shared.sum() == len(constant) > len(CONSTANT_FEATURES)


@pytest.mark.chaos
def test_a_feature_that_all_users_share_names_no_segment(constant_build):
    traits = constant_build.query("from segmentation.leading_traits")
    assert len(traits)
    assert not traits["feature"].isin(CONSTANT_FEATURES).any()
