"""A declared file of which a fifth is missing, against pandas and scikit-learn."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics.pairwise import nan_euclidean_distances

from conftest import build_project
from declared_projects import NAME, declared_project

pytestmark = pytest.mark.slow

USER_COUNT = 600
MISSING_SHARE = 0.2
NUMBERS, HABITS = {"block": "numbers"}, {"block": "habits"}
TOPICS = ["Art", "Food", "Sport"]
PLANS = ["Free", "Plus", "Pro"]
REGIONS = ["North", "South"]
UNKNOWN = {"when_missing": "unknown"}
COLUMNS = {
    "Client": {"type": "id"},
    "Income": UNKNOWN | {"type": "number", "feature": NUMBERS | {"transform": "log1p"}},
    "Score": UNKNOWN | {"type": "number", "feature": NUMBERS},
    "Opened": UNKNOWN | {"type": "rate", "feature": HABITS | {"role": "outcome"}},
    "Member": UNKNOWN | {"type": "flag", "feature": HABITS},
    "Plan": UNKNOWN | {"type": "ordered", "answers": PLANS, "feature": HABITS},
    "Region": UNKNOWN | {"type": "category", "answers": REGIONS, "feature": HABITS},
    "Topics": UNKNOWN | {"type": "list", "answers": TOPICS, "feature": HABITS},
    "Joined": UNKNOWN | {"type": "date", "feature": HABITS},
    "Rare": UNKNOWN | {"type": "number", "feature": NUMBERS},
    "Age": UNKNOWN | {"type": "number", "feature": NUMBERS, "is_protected": True},
    "Gender": UNKNOWN
    | {"type": "category", "answers": ["f", "m"], "is_protected": True},
}
OBJECTIVES = {
    "people": {
        "block_weights": {"numbers": 1, "habits": 0.5},
        "outcome": "opened",
        "segment_count": 3,
    }
}
# Of the features that few know.
OTHER_MISSING_SHARES = {"Rare": 0.7}


def people():
    """Three groups in income and score, and columns that go with them or do not."""
    generator = np.random.default_rng(11)
    group = generator.choice(3, USER_COUNT, p=[0.5, 0.3, 0.2])
    first_day = date(2024, 1, 1)
    frame = pd.DataFrame(
        {
            "Client": [f"c{number:04}" for number in range(USER_COUNT)],
            "Income": np.array([20, 60, 150])[group] * generator.lognormal(0, 0.2, 600),
            "Score": np.array([70, 20, 50])[group] + generator.normal(0, 5, 600),
            "Opened": generator.beta(2, 5, USER_COUNT),
            "Member": np.where(generator.random(USER_COUNT) < 0.3, "yes", "no"),
            "Plan": np.array(PLANS)[group],
            "Region": generator.choice(REGIONS, USER_COUNT),
            "Topics": [
                ", ".join(generator.choice(TOPICS, generator.integers(1, 4), False))
                for _ in range(USER_COUNT)
            ],
            "Joined": [
                str(first_day + timedelta(int(days)))
                for days in generator.integers(0, 500, USER_COUNT)
            ],
            "Rare": generator.normal(5, 1, USER_COUNT),
            "Age": generator.integers(18, 80, USER_COUNT).astype(str),
            "Gender": generator.choice(["f", "m"], USER_COUNT),
        }
    )
    frame = frame.astype(object)
    for column in list(COLUMNS)[1:]:
        share = OTHER_MISSING_SHARES.get(column, MISSING_SHARE)
        frame.loc[generator.random(USER_COUNT) < share, column] = ""
    return frame


def expected_features(frame):
    """What the declaration makes of the file, by pandas; nan where it is missing."""
    known = frame.replace("", np.nan).infer_objects()

    def flag(column, test):
        return known[column].map(test, na_action="ignore").astype(float)

    joined = pd.to_datetime(known["Joined"])
    columns = {
        "income": known["Income"].astype(float),
        "score": known["Score"].astype(float),
        "opened": known["Opened"].astype(float),
        "rare": known["Rare"].astype(float),
        "age": known["Age"].astype(float),
        "member": flag("Member", lambda text: text == "yes"),
        "plan": flag("Plan", lambda text: PLANS.index(text) + 1),
        "days_since_joined": (joined.max() - joined).dt.days.astype(float),
    }
    for region in REGIONS:
        columns[f"is_region_{region.lower()}"] = flag("Region", region.__eq__)
    for topic in TOPICS:
        columns[f"has_topics_{topic.lower()}"] = flag(
            "Topics", lambda t, i=topic: i in t
        )
    return pd.DataFrame(columns).set_index(known["Client"].rename("user_id"))


@pytest.fixture(scope="module")
def frame():
    return people()


@pytest.fixture(scope="module")
def build(tmp_path_factory, frame):
    folder = tmp_path_factory.mktemp("unknown")
    project = declared_project(folder, COLUMNS, frame.to_numpy().tolist())
    found = build_project(
        folder / "build", project=project, user_profiles=NAME, objectives=OBJECTIVES
    )
    assert found.returncode == 0, found.output
    return found


@pytest.fixture(scope="module")
def features(frame):
    return expected_features(frame)


@pytest.fixture(scope="module")
def segments(build):
    rows = build.query("from segmentation.user_segments order by user_id")
    return rows.set_index("user_id")["segment_number"]


def test_a_row_with_unknown_values_is_accepted(build):
    (source,) = build.query(
        "from marts.sources where source = 'user_profiles'"
    ).itertuples()
    assert (source.accepted_count, source.rejected_count) == (USER_COUNT, 0)


def test_what_is_unknown_is_null_and_nothing_else_is(build, features):
    found = build.query("from features.user_features order by user_id")
    found = found.set_index("user_id")
    pd.testing.assert_frame_equal(
        found[features.columns].astype(float), features, check_like=True
    )


def test_statistics_are_those_of_the_users_of_whom_it_is_known(build, features):
    rows = build.query("from segmentation.feature_statistics").set_index("feature")
    for name, values in features.items():
        row = rows.loc[name]
        known = values.dropna().clip(row["minimum"], row["maximum"])
        assert (row["user_count"], row["unknown_count"]) == (
            len(known),
            USER_COUNT - len(known),
        )
        np.testing.assert_allclose(row["mean"], known.mean())
        np.testing.assert_allclose(row["standard_deviation"], known.std(ddof=0))


def test_scores_are_those_of_scikit_learn_over_what_is_known(build, features, segments):
    """A distance with what is unknown left out, and no more made of the rest."""
    model = build.query("from segmentation.segment_models")
    scales = model.drop_duplicates("feature").set_index("feature").sort_index()
    centroids = model.pivot_table(
        index="segment_number", columns="feature", values="centroid"
    ).sort_index(axis=1)
    values = features[scales.index].copy()
    values["income"] = np.log1p(values["income"])
    scaled = ((values - scales["center"]) / scales["scale"]).clip(
        -scales["clip"], scales["clip"], axis=1
    )
    known_share = scaled.notna().mean(axis=1).to_numpy()[:, None]
    squared = nan_euclidean_distances(scaled, centroids, squared=True) * known_share
    # Nobody of whom nothing is known is nearer to one than to another.
    squared = np.nan_to_num(squared)
    expected = centroids.index.to_numpy()[squared.argmin(axis=1)]
    assert (expected == segments.loc[scaled.index]).all()


def test_a_feature_that_few_know_forms_no_segments(build):
    assert build.query(
        "select feature, reason from marts.left_out_features"
    ).to_numpy().tolist() == [["rare", "mostly_unknown"]]
    assert not build.query(
        "from segmentation.segment_models where feature in ('rare', 'age')"
    ).size
    assert "Without weight: rare (known of " in build.output


def test_traits_are_those_of_the_users_of_whom_they_are_known(
    build, features, segments
):
    limits = build.query("from segmentation.feature_statistics").set_index("feature")
    rows = build.query("select * from marts.segment_traits where not is_suppressed")
    assert set(rows["feature"]) == set(features)
    for row in rows.itertuples():
        values = features[row.feature][segments == row.segment_number]
        known = values.dropna()
        assert row.user_count == len(known)
        np.testing.assert_allclose(row.known_share, len(known) / len(values))
        kept = known.clip(*limits.loc[row.feature, ["minimum", "maximum"]])
        np.testing.assert_allclose(row.mean, kept.mean())
        if not np.isnan(row.median):
            np.testing.assert_allclose(row.median, known.median())


@pytest.mark.parametrize("column", ["Plan", "Region", "Gender", "Member", "Topics"])
def test_shares_of_answers_are_of_the_users_who_gave_one(
    build, frame, segments, column
):
    known = frame[frame[column] != ""].set_index("Client")[column]
    items = known.str.split(", ").explode()
    sizes, known_sizes = segments.value_counts(), segments[known.index].value_counts()
    rows = build.query(
        f"""
        select * from segmentation.answer_profiles
        where attribute = '{column.lower()}' and not is_suppressed
        """
    )
    assert len(rows)
    for row in rows.itertuples():
        givers = items.index[items == row.answer]
        number = row.segment_number
        count = (segments[givers] == number).sum()
        assert row.user_count == count
        np.testing.assert_allclose(row.share, count / known_sizes[number])
        np.testing.assert_allclose(row.population_share, len(givers) / len(known))
        np.testing.assert_allclose(row.known_share, known_sizes[number] / sizes[number])


def test_the_audit_asks_those_whose_answer_is_known(build, frame):
    rows = build.query("from marts.protected_attribute_audit").set_index("attribute")
    for column in ("Age", "Gender"):
        expected = (frame[column] != "").mean()
        np.testing.assert_allclose(rows["known_share"][column.lower()], expected)


def test_drift_counts_those_of_whom_the_feature_was_known(build, features):
    """All users are in the training sample."""
    rows = build.query("from segmentation.training_profiles")
    assert set(rows["feature"]) == set(features)
    for row in rows.itertuples():
        known = features[row.feature].dropna()
        assert row.user_count == len(known)
        places = np.searchsorted(row.edges, known, side="left")
        counts = np.bincount(places, minlength=len(row.edges) + 1)
        np.testing.assert_allclose(
            sorted(count for count in counts / len(known) if count),
            sorted(share for share in row.shares if share),
        )
