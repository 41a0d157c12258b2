"""Drift is seen where users change, and nowhere else."""

import math
import shutil

import duckdb
import numpy as np
import pandas as pd
import pytest
from dbt.cli.main import dbtRunner
from scipy.stats import chi2

from conftest import ROOT, green_build, sample_rows, write_profiles
from generate_sample import main as generate_sample

pytestmark = pytest.mark.slow

# What a later build does where it trains nothing.
LATER_BUILD = [
    *("--select", "+observed_drift", "+rejected_shares", "+feature_roles"),
    *("scored_users", "segment_sizes", "feature_drift", "segment_drift"),
    *("no_basis_feature_drifts", "--indirect-selection", "empty"),
]
SAMPLE_LOGS = {
    "events": "data/events.parquet",
    "transactions": "data/transactions.parquet",
    "user_aliases": "data/user_aliases.csv",
}
# Users of the second file whose reactions cannot be read.
BROKEN_COUNT = 31


def later_build(folder, sample_build, **files):
    """The sample's models on other users."""
    shutil.copy(sample_build.database, folder / "build.duckdb")
    return green_build(folder, arguments=LATER_BUILD, **files)


def share_to_compare(counts):
    total = counts.sum()
    return np.maximum(counts / total, max(0.0001, 0.5 / total))


def stability_index(then, now):
    """Population stability index of two vectors of counts."""
    is_used = then + now > 0
    then, now = share_to_compare(then), share_to_compare(now)
    return ((now - then) * np.log(now / then))[is_used].sum()


def bin_counts(values, edges):
    bins = np.searchsorted(edges, values, side="left")
    return np.bincount(bins, minlength=len(edges) + 1)


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Function that measures pairs of counts by bin with the macro of the marts."""
    folder = tmp_path_factory.mktemp("compiled")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("DUCKDB_PATH", str(folder / "drift.duckdb"))
        paths = ["--target-path", str(folder), "--log-level-file", "none"]
        line = "{{ stability_columns() }}"
        outcome = dbtRunner().invoke(["--quiet", "compile", "--inline", line, *paths])
        assert outcome.success, outcome.exception
        columns = outcome.result.results[0].node.compiled_code

    def measure(pairs, order="pair"):
        frames = [
            pd.DataFrame(
                {
                    "pair": number,
                    "training_share": then / then.sum(),
                    "user_share": now / now.sum(),
                    "training_user_count": then.sum(),
                    "user_count": now.sum(),
                }
            )
            for number, (then, now) in enumerate(pairs)
        ]
        with duckdb.connect() as connection:
            connection.register("all_bins", pd.concat(frames))
            return connection.sql(
                f"""
                select pair, {columns}
                from (from all_bins order by {order})
                group by pair, training_user_count, user_count
                order by pair
                """
            ).df()

    return measure


def random_pairs(count, seed=0):
    """Counts of users in 2 to 19 bins, many of them empty, then and now."""
    draw = np.random.default_rng(seed)
    pairs = []
    for _ in range(count):
        shares = draw.dirichlet(np.full(draw.integers(2, 20), 0.3), size=2)
        sizes = draw.integers(20, 200_000, size=2)
        pairs.append(tuple(map(draw.multinomial, sizes, shares)))
    return pairs


def test_the_index_is_that_of_numpy(measured):
    pairs = random_pairs(200)
    expected = [stability_index(*pair) for pair in pairs]
    np.testing.assert_allclose(measured(pairs)["stability_index"], expected, rtol=1e-9)
    assert min(expected) < 0.25 < max(expected)


def test_the_index_is_zero_for_the_same_users(measured):
    pairs = [(then, then) for then, _ in random_pairs(200)]
    index = measured(pairs)
    assert (index["stability_index"] == 0).all()
    assert (index["excess_index"] == 0).all()


def test_the_index_is_the_same_from_either_side(measured):
    pairs = random_pairs(200)
    back = [(now, then) for then, now in pairs]
    pd.testing.assert_frame_equal(measured(pairs), measured(back), rtol=1e-12)


def test_the_index_does_not_depend_on_the_order_of_bins(measured):
    pairs = random_pairs(200)
    assert measured(pairs, "user_share").equals(
        measured(pairs, "md5(user_share::text)")
    )


def test_the_limit_of_chance_is_the_quantile_of_chi_squared(measured):
    pairs = [(np.full(bins, 5), np.full(bins, 7)) for bins in range(2, 20)]
    bins = np.arange(2, 20)
    factor = 1 / (5 * bins) + 1 / (7 * bins)
    index = measured(pairs)
    np.testing.assert_allclose(index["expected_index"], factor * (bins - 1))
    quantiles = factor * chi2.ppf(0.9999, bins - 1)
    np.testing.assert_allclose(index["chance_limit"], quantiles, rtol=0.08)


def test_a_feature_that_was_and_is_constant_has_no_limit(measured):
    index = measured([(np.array([0, 60, 0]), np.array([0, 80, 0]))])
    assert (index.drop(columns=["pair", "chance_factor"]) == 0).all(axis=None)


@pytest.mark.parametrize("sizes", [(60, 60), (60, 1000), (1000, 60), (1000, 1000)])
@pytest.mark.parametrize("shares", [np.full(10, 0.1), [0.5, 0.5], [0.9, 0.1]])
def test_chance_alone_is_no_drift(measured, sizes, shares):
    draw = np.random.default_rng(0)
    pairs = [
        tuple(draw.multinomial(size, shares) for size in sizes) for _ in range(2000)
    ]
    index = measured(pairs)
    assert (index["excess_index"] > 0).sum() <= 2
    # Not because the limit were out of reach.
    assert (index["stability_index"] > index["chance_limit"] / 3).sum() > 10


@pytest.mark.parametrize(("size", "shift"), [(60, 2), (1000, 0.8), (100_000, 0.8)])
def test_users_who_are_others_are_drift(measured, size, shift):
    # Deciles of a normal feature that moves by so many standard deviations.
    draw = np.random.default_rng(0)
    edges = np.quantile(draw.normal(size=1_000_000), np.arange(1, 10) / 10)
    pairs = [
        (
            bin_counts(draw.normal(size=size), edges),
            bin_counts(draw.normal(size=size) + shift, edges),
        )
        for _ in range(50)
    ]
    assert (measured(pairs)["excess_index"] >= 0.25).all()


@pytest.fixture(scope="module")
def catalog(sample_build):
    return sample_build.query("from segmentation.feature_catalog order by feature")


def test_a_first_build_has_no_drift(sample_build, catalog):
    assert sample_build.query("from segmentation.observed_drift").empty
    drift = sample_build.query("from marts.feature_drift")
    assert len(drift) == 3 * len(catalog)
    mix = sample_build.query("from marts.segment_drift")
    assert len(mix) == len(sample_build.query("from marts.segments"))
    for rows in (drift, mix):
        assert (rows["stability_index"] == 0).all()
        assert set(rows["band"]) == {"stable"}
        assert set(rows["action"]) == {"Nothing to do."}


def test_profiles_are_the_deciles_of_numpy(sample_build, catalog):
    users = sample_build.query("from segmentation.training_users")
    profiles = sample_build.query(
        "from segmentation.training_profiles where objective = 'customer_service'"
    ).set_index("feature")
    assert set(profiles.index) == set(catalog["feature"])
    for feature, profile in profiles.iterrows():
        values = users[feature].dropna().to_numpy(float)
        deciles, repeats = np.unique(
            np.quantile(values, np.arange(1, 10) / 10, method="inverted_cdf"),
            return_counts=True,
        )
        below = np.nextafter(deciles[repeats > 1], -np.inf)
        assert profile["edges"].tolist() == sorted([*deciles, *below]), feature
        shares = bin_counts(values, profile["edges"]) / len(values)
        np.testing.assert_allclose(profile["shares"], shares, rtol=1e-12)
        assert profile["user_count"] == len(values)


def moved_rows(rows):
    """All users of the country but every tenth."""
    rural = [row for row in rows if row["Location"] == "Rural"]
    return [row for number, row in enumerate(rural) if number % 10]


@pytest.fixture(scope="module")
def moved_build(tmp_path_factory, sample_build):
    """The sample's users, most of those of the country having moved to the city.

    Their rows come in another order, and with some whose reactions cannot be read.
    """
    folder = tmp_path_factory.mktemp("moved")
    rows = sample_rows()
    for row in moved_rows(rows):
        row["Location"] = "Urban"
    broken = [
        {**row, "User ID": f"broken-{number}", "Likes and Reactions": "many"}
        for number, row in enumerate(rows[:BROKEN_COUNT])
    ]
    file = write_profiles(folder / "users.csv", [*broken, *rows[::-1]])
    return later_build(folder, sample_build, user_profiles=file, **SAMPLE_LOGS)


def test_a_planted_shift_is_seen_where_it_is(moved_build):
    locations = [row["Location"] for row in sample_rows()]
    rural, urban = (locations.count(name) / 1000 for name in ("Rural", "Urban"))
    moved = len(moved_rows(sample_rows())) / 1000
    drift = moved_build.query("from marts.feature_drift")
    for feature, then, now, band, action in [
        ("is_rural", rural, rural - moved, "drifted", "Look at its source. If it is"),
        ("is_urban", urban, urban + moved, "watch", "Look at its source. From an"),
    ]:
        by_hand = (now - then) * math.log(now / then)
        by_hand += (then - now) * math.log((1 - now) / (1 - then))
        rows = drift[drift["feature"] == feature]
        assert rows["role"].tolist() == ["basis"] * 3
        np.testing.assert_allclose(rows["stability_index"], by_hand, rtol=1e-9)
        # Two bins, then and now a thousand users.
        np.testing.assert_allclose(rows["excess_index"], by_hand - 0.002, rtol=1e-9)
        assert set(rows["band"]) == {band}
        assert rows["action"].str.startswith(action).all()
    others = drift[~drift["feature"].isin(["is_rural", "is_urban"])]
    assert (others["stability_index"] == 0).all()


def test_what_is_seen_before_training_is_what_the_mart_says_after(moved_build):
    columns = """
        objective, model_version, feature, label, stability_index, expected_index,
        chance_limit, excess_index
    """
    before, after = (
        moved_build.query(f"select {columns} from {table} order by objective, feature")
        for table in ("segmentation.observed_drift", "marts.feature_drift")
    )
    assert before.equals(after)
    basis = moved_build.query(
        """
        select objective, feature from segmentation.observed_drift where is_basis
        order by objective, feature
        """
    )
    assert basis.equals(
        moved_build.query(
            """
            select objective, feature from marts.feature_drift where role = 'basis'
            order by objective, feature
            """
        )
    )


def test_rejected_rows_are_seen_in_the_features_of_their_column(moved_build):
    drift = moved_build.query("from marts.feature_drift where rejected_share > 0.01")
    assert set(drift["band"]) == {"watch"}
    assert set(drift["feature"]) == {"reaction_count", "reactions_per_hour"}
    assert (drift["rejected_share"] == BROKEN_COUNT / (1000 + BROKEN_COUNT)).all()
    assert (drift["training_rejected_share"] == 0).all()
    assert set(drift["action"]) == {
        "More rows are rejected: look at staging.stg_rejected_rows."
    }


def test_drift_of_what_forms_segments_is_told_in_plain_lines(moved_build):
    lines = moved_build.output.splitlines()
    moved = "{} has drifted since model version 1 (stability index"
    rejected = (
        "{} has more rejected rows than when model version 1 was first used (0.0%"
    )
    told = [
        moved.format("Lives in a city"),
        moved.format("Lives in the country"),
        rejected.format("Likes and reactions"),
    ]
    for text in told:
        start = f"Objective customer_service: {text}"
        assert sum(start in line for line in lines) == 1
    kinds = (" has drifted since ", " has more rejected rows than ")
    assert sum(any(kind in line for kind in kinds) for line in lines) == 3 * len(told)
    assert "WARN 9 no_basis_feature_drifts" in moved_build.output


def test_the_mix_of_segments_is_compared_user_by_user(moved_build, sample_build):
    drift = moved_build.query("from marts.segment_drift order by segment_key")
    counts = [
        build.query(
            """
            select objective, segment_key, count(*) as user_count
            from segmentation.user_segments group by all order by segment_key
            """
        ).set_index(["objective", "segment_key"])["user_count"]
        for build in (sample_build, moved_build)
    ]
    then, now = counts[0].align(counts[1], fill_value=0)
    np.testing.assert_allclose(drift["training_user_share"], then / 1000)
    np.testing.assert_allclose(drift["user_share"], now / 1000)
    assert not then.equals(now)
    for objective, rows in drift.groupby("objective"):
        index = stability_index(then[objective], now[objective])
        np.testing.assert_allclose(rows["stability_index"], index, rtol=1e-9)
        assert rows["band"].nunique() == 1


@pytest.mark.parametrize("user_count", [60, 1000])
def test_other_users_of_the_same_kind_are_no_drift(tmp_path, sample_build, user_count):
    file = tmp_path / "users.csv"
    generate_sample(["--users", str(user_count), "--seed", "7", "--output", str(file)])
    build = later_build(tmp_path, sample_build, user_profiles=str(file))
    drift = build.query(
        """
        select feature_drift.*, source in ('events', 'transactions') as is_of_log
        from marts.feature_drift inner join segmentation.feature_catalog using (feature)
        """
    )
    of_profiles = drift[~drift["is_of_log"]]
    assert (of_profiles["stability_index"] > 0).all()
    assert set(of_profiles["band"]) == {"stable"}
    # Their logs were not read: that is told, and nothing is trained on it.
    of_logs = drift[drift["is_of_log"]]
    assert (of_logs["role"] == "basis").sum() >= 15
    assert of_logs["stability_index"].isna().all()
    assert set(of_logs["band"]) == {"watch"}
    assert set(of_logs["action"]) == {"It is known of nobody now: look at its source."}
    trained_on = build.query(
        """
        select count(*) as drifting from segmentation.observed_drift
        where is_basis and (is_newly_known or excess_index > 0)
        """
    )
    assert trained_on["drifting"].tolist() == [0]
