"""A few extreme users decide nothing, and are named."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy.stats.mstats import winsorize
from sklearn.metrics import adjusted_rand_score

from conftest import ROOT, green_build, sample_rows, write_profiles
from treatment import fences, winsorised

pytestmark = pytest.mark.slow

BOT = {"Likes and Reactions": "999999999"}
RANDOM = np.random.default_rng(5)


@pytest.fixture(scope="module")
def bot_build(tmp_path_factory):
    """The sample without its logs, with one user who is no human being."""
    folder = tmp_path_factory.mktemp("bot")
    first, *others = sample_rows()
    file = write_profiles(folder / "users.csv", [first | BOT, *others])
    return green_build(folder / "build", user_profiles=file)


def statistics(build, objective):
    """Of reaction_count in the segments of an objective."""
    return build.query(
        f"""
        from segmentation.segment_statistics
        where feature = 'reaction_count' and objective = '{objective}'
        """
    )


def test_a_bot_does_not_silence_its_feature(bot_build, sample_build):
    query = """
        select scale, clip from segmentation.feature_scales
        where feature = 'reaction_count' order by objective
    """
    # Before, the scale was twelve thousand times as large.
    np.testing.assert_allclose(
        bot_build.query(query), sample_build.query(query), rtol=0.03
    )


def test_a_bot_hides_no_personas(bot_build):
    truth = pd.read_csv(ROOT / "tests/data/sample_truth.csv", dtype={"user_id": str})
    personas = truth[~truth["is_background"]].set_index("user_id")["persona"]
    segments = bot_build.query(
        """
        select user_id, segment_number from segmentation.user_segments
        where objective = 'personalized_marketing'
        """
    ).set_index("user_id")["segment_number"]
    # 0.911 without the bot, and 0.878 with it where it decides the scale.
    assert adjusted_rand_score(personas, segments[personas.index]) >= 0.9


def test_means_are_not_those_of_the_bot(bot_build):
    found = statistics(bot_build, "personalized_marketing")
    assert found["mean"].max() < 10_000
    assert found["population_mean"].between(4_000, 5_000).all()
    # Segments still differ in it by more than a standard deviation.
    assert found["standardised_difference"].max() > 1


def test_the_bot_is_named_counted_and_told(bot_build):
    (row,) = bot_build.query(
        "from segmentation.outliers where feature = 'reaction_count'"
    ).itertuples()
    assert (row.user_id, row.value) == ("1", 999_999_999)
    assert 10_000 < row.upper_fence < 30_000
    (count,) = bot_build.query(
        "from marts.outlier_counts where feature = 'reaction_count'"
    ).itertuples()
    # One user is too few to be counted where people read who do not read profiles.
    assert count.low_outlier_count == 0
    assert pd.isna(count.high_outlier_count)
    assert "Outliers: some in reaction_count, some in reactions_per_hour. " in (
        bot_build.output
    )
    report = (bot_build.database.parent / "published/report.html").read_text()
    assert re.search(
        r"<strong>A few users</strong> Likes and reactions: above [\d,]+ reactions<",
        report,
    )


def test_what_the_bot_has_is_left_as_it_is(bot_build):
    users = bot_build.query("from marts.users where user_id = '1'")
    assert users["reaction_count"].tolist() == [999_999_999]


def test_fences_statistics_and_outliers_are_those_of_numpy(sample_build):
    users = sample_build.query("from features.user_features")
    found = sample_build.query(
        """
        select * from segmentation.feature_fences
        inner join segmentation.feature_catalog using (feature)
        inner join segmentation.feature_statistics using (feature)
        where kind = 'numeric'
        """
    )
    assert len(found) > 30
    for row in found.itertuples():
        values = users[row.feature].to_numpy(float)
        is_log = row.transform == "log1p"
        transformed = np.log1p(values) if is_log else values
        expected = fences(transformed)
        np.testing.assert_allclose(
            [row.lower_fence, row.upper_fence],
            np.expm1(expected) if is_log else expected,
            rtol=1e-9,
            atol=1e-12,
        )
        moved = np.clip(values, row.lower_fence, row.upper_fence)
        np.testing.assert_allclose(row.mean, np.nanmean(moved), rtol=1e-9)
        np.testing.assert_allclose(row.standard_deviation, np.nanstd(moved), rtol=1e-9)
        assert row.low_outlier_count == np.sum(values < row.lower_fence)
        assert row.high_outlier_count == np.sum(values > row.upper_fence)
        named = sample_build.query(
            f"from segmentation.outliers where feature = '{row.feature}'"
        )
        assert len(named) == row.low_outlier_count + row.high_outlier_count


def test_segment_means_are_those_of_winsorised_values(bot_build):
    values = bot_build.query(
        """
        select segment_number, reaction_count from segmentation.user_segments
        inner join features.user_features using (user_id)
        where objective = 'personalized_marketing' order by reaction_count
        """
    )
    # The bot alone is moved, to the fence rather than to the next user.
    moved = np.array(winsorize(values["reaction_count"].to_numpy(float), (0, 0.001)))
    assert (moved != values["reaction_count"]).sum() == 1
    upper = bot_build.query(
        """
        select upper_fence from segmentation.feature_fences
        where feature = 'reaction_count'
        """
    )["upper_fence"][0]
    assert moved.max() < upper
    moved[-1] = upper
    expected = pd.Series(moved).groupby(values["segment_number"]).agg(["mean", "std"])
    found = statistics(bot_build, "personalized_marketing").set_index("segment_number")
    np.testing.assert_allclose(found["mean"].sort_index(), expected["mean"], rtol=1e-9)


@pytest.mark.parametrize(
    "values",
    [
        RANDOM.uniform(size=10_000),
        RANDOM.normal(size=10_000),
        RANDOM.poisson(3, size=10_000),
        RANDOM.choice([-10, 0, 10], size=10_000) + RANDOM.normal(size=10_000),
        RANDOM.integers(2, size=10_000),
        (RANDOM.uniform(size=10_000) < 0.02) * RANDOM.uniform(size=10_000),
        np.log1p(RANDOM.lognormal(3, 1.25, size=10_000)),
    ],
    ids=["uniform", "normal", "counts", "groups", "flag", "mostly zero", "logarithms"],
)
def test_what_is_well_behaved_is_left_alone(values):
    lower, upper = fences(values.astype(float))
    assert np.sum((values < lower) | (values > upper)) <= 1


@pytest.mark.parametrize("bot_count", [1, 50, 100])
def test_up_to_one_bot_in_a_hundred_hardly_moves_the_spread(bot_count):
    values = RANDOM.normal(size=10_000)
    values[:bot_count] = 1e9
    lower, upper = fences(values)
    assert upper < 5.5
    moved = winsorised(values[:, np.newaxis], ["numeric"])
    assert moved.std() < 1.15
    assert winsorised(values[:, np.newaxis], ["flag"]).max() == 1e9
    assert lower > -5.5


def test_what_is_not_known_has_no_fences():
    assert fences(np.full(3, np.nan)) == (-np.inf, np.inf)
    assert fences(np.array([np.nan, 2, 2])) == (2, 2)
    # Of 1, 2, 4 the median is 2.
    assert fences(np.array([4, 1, np.nan, 2])) == (-2, 7)
