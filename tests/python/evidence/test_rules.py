"""Rules of segments: what they say, whom they pick and what they are worth."""

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, precision_score, recall_score
from sklearn.model_selection import cross_val_predict
from sklearn.tree import DecisionTreeClassifier

from user_segmentation.evidence.rules import (
    condition,
    even_folds,
    fitted_rules,
    new_tree,
    shortest_threshold,
    tree_paths,
)
from user_segmentation.training.clustering import SEED, fit_segments

pytestmark = pytest.mark.slow

KINDS = {
    "hours": "numeric",
    "rate": "numeric",
    "is_urban": "flag",
    "income": "ordered",
}


def random_users(user_count=500, seed=3):
    """Users of whom nothing follows from anything."""
    generator = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "hours": generator.uniform(0, 24, user_count).round(1),
            "rate": generator.uniform(0, 0.1, user_count),
            "is_urban": generator.integers(2, size=user_count),
            "income": generator.choice([10, 30, 50], user_count),
        }
    )


def random_segments(users, seed=3):
    """Five segments that the columns tell half of."""
    noise = np.random.default_rng(seed).normal(size=len(users))
    scores = users["hours"] / 24 + users["is_urban"] + users["rate"] * 10 + noise
    return pd.qcut(scores, 5, labels=False).to_numpy() + 1


def fitted_conditions(users, labels):
    """The condition of each segment, and the segment that the tree predicts."""
    matrix = users.to_numpy(float)
    tree = new_tree().fit(matrix, labels)
    paths = tree_paths(tree, matrix, list(users.columns))
    conditions = {number: condition(paths[number], KINDS) for number in paths}
    return conditions, tree.predict(matrix)


def met_segments(users, conditions):
    """Of each user, the segments whose condition is true in DuckDB."""
    columns = ", ".join(f"{text} as met_{key}" for key, text in conditions.items())
    with duckdb.connect() as connection:
        connection.register("users", users)
        is_met = connection.sql(f"select {columns} from users").df().to_numpy(bool)
    numbers = np.array(list(conditions))
    return [numbers[row].tolist() for row in is_met]


def test_a_small_tree_reads_as_people_would_say_it():
    users = pd.DataFrame(
        {
            "hours": [1, 2, 3, 4, 8, 9, 10, 11, 20, 21, 22, 23],
            "is_urban": [0, 1] * 6,
        }
    )
    labels = np.array([1, 1, 1, 1, 2, 3, 2, 3, 1, 1, 1, 1])
    conditions, _ = fitted_conditions(users, labels)
    assert conditions == {
        1: "(hours <= 6) or (hours > 15)",
        2: "hours > 6 and hours <= 15 and is_urban = 0",
        3: "hours > 6 and hours <= 15 and is_urban = 1",
    }


def test_bounds_that_a_deeper_one_makes_redundant_are_left_out():
    # From 0 to 90 in tens; segments 1, 2, 3 and again 1.
    users = pd.DataFrame({"hours": np.repeat(np.arange(10.0) * 10, 10)})
    labels = np.repeat([1, 1, 2, 2, 2, 3, 3, 3, 1, 1], 10)
    conditions, _ = fitted_conditions(users, labels)
    assert conditions == {
        1: "(hours <= 15) or (hours > 75)",
        2: "hours > 15 and hours <= 45",
        3: "hours > 45 and hours <= 75",
    }


def test_questions_that_all_lead_to_one_segment_are_not_asked():
    # Any split of the urban users leaves the second segment in the minority.
    users = pd.DataFrame({"is_urban": np.repeat([0, 1], 50), "hours": [*range(50)] * 2})
    labels = np.array([1] * 50 + [2] * 4 + [3] * 46)
    matrix = users.to_numpy(float)
    tree = DecisionTreeClassifier(max_depth=2, min_samples_leaf=10).fit(matrix, labels)
    assert tree.get_n_leaves() > 2
    paths = tree_paths(tree, matrix, list(users.columns))
    assert {number: condition(paths[number], KINDS) for number in paths} == {
        1: "is_urban = 0",
        3: "is_urban = 1",
    }


@pytest.mark.parametrize("seed", range(10))
def test_every_user_meets_only_the_condition_of_the_segment_predicted(seed):
    users = random_users(seed=seed)
    conditions, predicted = fitted_conditions(users, random_segments(users, seed))
    assert len(conditions) > 2
    assert met_segments(users, conditions) == [[number] for number in predicted]


def test_values_that_a_tree_cannot_tell_apart_stay_together():
    # 0.1 and its neighbours are one number in 32 bits.
    hours = [0.1, np.nextafter(0.1, 1), np.nextafter(0.1, 0), 0.2, 0.2, 0.2]
    users = pd.DataFrame({"hours": hours})
    conditions, predicted = fitted_conditions(users, np.array([1, 1, 2, 2, 2, 2]))
    assert met_segments(users, conditions) == [[number] for number in predicted]


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (3, 4, "3"),
        (11, 20, "15"),
        (130, 270, "200"),
        (5, 12, "8"),
        (0.1, 0.31, "0.2"),
        (0.05, 0.1, "0.07"),
        (0.123456, 0.123457, "0.123456"),
        (99.5, 100.2, "100"),
        (0.00001, 0.00002, "0.00001"),
        (-3, 2, "0"),
        (-269, -137, "-203"),
        (-120, -5, "-9"),
        (-0.5, 0, "-0.3"),
    ],
)
def test_thresholds_of_hand_worked_cases(low, high, text):
    assert shortest_threshold(low, high) == text


def numbers_of_length(length):
    """All numbers that can be written in so many characters, in order."""
    found = []
    for sign in (0, 1):
        for decimals in range(length - sign - 1):
            digits = length - sign - (decimals > 0)
            found.append((-1) ** sign * np.arange(10**digits) / 10**decimals)
    return np.sort(np.concatenate(found)) if found else np.arange(10.0)


SHORT_NUMBERS = {length: numbers_of_length(length) for length in range(1, 7)}
THOUSANDTHS = st.integers(-99_999, 99_999).map(lambda number: number / 1000)


@settings(deadline=None)
@given(st.lists(THOUSANDTHS, min_size=2, max_size=2, unique=True).map(sorted))
def test_no_shorter_number_keeps_the_neighbours_apart(neighbours):
    low, high = neighbours
    text = shortest_threshold(low, high)
    assert low <= float(text) < high
    for length in range(1, min(len(text), 7)):
        shorter = SHORT_NUMBERS[length]
        at = np.searchsorted(shorter, low)
        assert at == len(shorter) or shorter[at] >= high


@settings(deadline=None)
@given(
    st.lists(st.floats(-1e9, 1e9, width=32), min_size=12, max_size=40, unique=True),
    st.randoms(use_true_random=False),
)
def test_rounded_thresholds_change_no_prediction(values, random):
    users = pd.DataFrame({"hours": values})
    labels = np.array([random.randint(1, 3) for _ in values])
    conditions, predicted = fitted_conditions(users, labels)
    assert met_segments(users, conditions) == [[number] for number in predicted]


def test_precision_recall_and_fidelity_are_those_of_trees_that_have_not_seen_the_user():
    users = random_users()
    labels = random_segments(users)
    rules, fidelity = fitted_rules(users, labels, [1, 2, 3, 4, 5], KINDS, {})
    matrix = users.to_numpy(float)
    foreseen = np.zeros(len(users), dtype=int)
    for train, test in even_folds(labels).split():
        tree = DecisionTreeClassifier(
            max_depth=4, min_samples_leaf=0.01, random_state=SEED
        ).fit(matrix[train], labels[train])
        foreseen[test] = tree.predict(matrix[test])
    assert fidelity == pytest.approx(np.mean(foreseen == labels))
    assert fidelity < new_tree().fit(matrix, labels).score(matrix, labels)
    for rule in rules.itertuples():
        is_hit = (foreseen == labels) & (labels == rule.segment_number)
        picked_count = np.sum(foreseen == rule.segment_number)
        assert rule.precision == pytest.approx(is_hit.sum() / picked_count)
        member_count = np.sum(labels == rule.segment_number)
        assert rule.recall == pytest.approx(is_hit.sum() / member_count)


def test_coverage_is_the_share_of_users_who_meet_the_condition():
    users = random_users()
    rules, _ = fitted_rules(users, random_segments(users), [1, 2, 3, 4, 5], KINDS, {})
    for rule in rules.itertuples():
        picked = users.query(rule.condition.replace(" = ", " == "))
        assert rule.coverage == len(picked) / len(users)


@pytest.mark.parametrize("user_count", [6, 10, 11, 501])
def test_folds_have_even_shares_of_every_segment(user_count):
    labels = np.random.default_rng(1).choice(
        5, user_count, p=[0.6, 0.2, 0.1, 0.06, 0.04]
    )
    folds = even_folds(labels)
    assert folds.get_n_splits() == min(user_count, 10)
    for segment in np.unique(labels):
        counts = [np.sum(labels[test] == segment) for _, test in folds.split()]
        assert max(counts) - min(counts) <= 1
    assert sorted(np.concatenate([test for _, test in folds.split()])) == [
        *range(user_count)
    ]


def test_separate_groups_have_rules():
    generator = np.random.default_rng(5)
    centers = 6 * generator.permutation(np.eye(4))
    matrix = np.repeat(centers, 250, axis=0) + generator.normal(size=(1000, 4))
    matrix = generator.permutation(matrix)
    labels = fit_segments(matrix, 4).labels + 1
    users = pd.DataFrame(matrix, columns=["a", "b", "c", "d"])
    rules, fidelity = fitted_rules(
        users, labels, [1, 2, 3, 4], dict.fromkeys(users, "numeric"), {}
    )
    assert fidelity >= 0.95
    assert (rules[["precision", "recall"]] >= 0.9).all(axis=None)


def test_a_segment_that_no_leaf_predicts_has_no_rule():
    # A single user is no leaf, and a segment may have nobody here at all.
    users = random_users()
    labels = np.where(users["is_urban"] == 1, 1, 2)
    labels[0] = 3
    rules, _ = fitted_rules(users, labels, [1, 2, 3, 4], KINDS, {})
    assert rules["condition"].tolist()[:2] == ["is_urban = 1", "is_urban = 0"]
    assert rules["condition"].isna().tolist() == [False, False, True, True]
    assert rules["coverage"].tolist()[2:] == [0, 0]
    assert rules["precision"].isna().tolist() == [False, False, True, True]
    assert rules["recall"].isna().tolist() == [False, False, False, True]
    assert rules["recall"][2] == 0


def test_users_who_are_all_alike_meet_one_condition():
    users = pd.DataFrame({"hours": [4.0] * 12})
    rules, fidelity = fitted_rules(
        users, np.array([1] * 8 + [2] * 4), [1, 2], KINDS, {}
    )
    assert rules["condition"][0] == "true"
    assert rules["condition"].isna().tolist() == [False, True]
    assert rules["coverage"].tolist() == [1, 0]
    assert fidelity == pytest.approx(8 / 12)


@pytest.mark.parametrize("user_count", range(2, 13))
def test_few_users_have_rules(user_count):
    users = random_users(user_count)
    labels = np.arange(user_count) % 5 + 1
    rules, fidelity = fitted_rules(users, labels, [1, 2, 3, 4, 5], KINDS, {})
    conditions = rules.set_index("segment_number")["condition"].dropna()
    assert all(len(met) == 1 for met in met_segments(users, conditions))
    assert 0 <= fidelity <= 1


def test_a_rule_that_asks_nothing_but_one_answer_counts_nobody():
    users = random_users()
    labels = np.where(users["income"] <= 30, 1, 2)
    labels[:4] = 3 - labels[:4]
    measures = ["coverage", "precision", "recall"]
    asked = {"income": "income_level"}
    by_income, _ = fitted_rules(users, labels, [1, 2], KINDS, asked)
    assert by_income["condition"].tolist() == ["income <= 40", "income > 40"]
    assert by_income[measures].isna().all(axis=None)
    by_number, _ = fitted_rules(users, labels, [1, 2], KINDS, {})
    assert by_number[measures].notna().all(axis=None)


@pytest.mark.parametrize(("attribute", "is_hidden"), [("place", True), ("age", False)])
def test_two_flags_of_one_answer_are_one_question(attribute, is_hidden):
    users = random_users()
    users["is_rural"] = np.where(users["is_urban"] == 1, 0, np.arange(len(users)) % 2)
    labels = 1 + users["is_urban"] + 2 * users["is_rural"]
    kinds = KINDS | {"is_rural": "flag"}
    asked = {"is_urban": "place", "is_rural": attribute}
    rules, _ = fitted_rules(users, labels.to_numpy(), [1, 2, 3], kinds, asked)
    assert rules["condition"][0] == "is_urban = 0 and is_rural = 0"
    assert rules["recall"].isna()[0] == is_hidden


def compared_users(build, objective):
    """Features in raw units, in the order of the sample, and the segments."""
    scales = build.query(
        f"""
        from segmentation.feature_scales where objective = '{objective}'
        order by feature
        """
    )
    users = build.query(
        f"""
        select evidence_sample.*, user_segments.segment_number
        from segmentation.evidence_sample
        inner join segmentation.user_segments using (user_id)
        where objective = '{objective}'
        order by sample_rank
        """
    )
    return users[scales["feature"]].to_numpy(float), users["segment_number"].to_numpy()


def published_rules(build):
    """The rules of each objective, by its name."""
    rules = build.query("from marts.segment_rules order by segment_key")
    assert rules["objective"].nunique() == 3
    return rules.groupby("objective")


def test_published_rules_give_the_partition_of_the_tree(sample_build):
    for objective, rules in published_rules(sample_build):
        matrix, labels = compared_users(sample_build, objective)
        predicted = new_tree().fit(matrix, labels).predict(matrix)
        keys = [f"{objective}-{number}" for number in predicted]
        conditions = ", ".join(
            f"coalesce({rule.condition}, false) as met_{number}"
            for number, rule in enumerate(rules.itertuples())
        )
        met = sample_build.query(
            f"""
            select {conditions}, {rules["case_expression"].iloc[0]} as segment_key
            from features.user_features
            order by md5(user_id), user_id
            """
        )
        assert met.pop("segment_key").tolist() == keys
        is_own = np.equal.outer(keys, rules["segment_key"].to_numpy())
        np.testing.assert_array_equal(met.to_numpy(bool), is_own)


def test_published_measures_are_those_of_scikit_learn(sample_build):
    for objective, rules in published_rules(sample_build):
        matrix, labels = compared_users(sample_build, objective)
        foreseen = cross_val_predict(new_tree(), matrix, labels, cv=even_folds(labels))
        fidelity = accuracy_score(labels, foreseen)
        np.testing.assert_allclose(rules["fidelity"], fidelity, rtol=1e-12)
        for measure, score in [
            ("precision", precision_score),
            ("recall", recall_score),
        ]:
            np.testing.assert_allclose(
                rules[measure], score(labels, foreseen, average=None), rtol=1e-12
            )


def test_published_rules_ask_for_nothing_protected(sample_build):
    protected = sample_build.query(
        "select feature from segmentation.feature_catalog where role = 'protected'"
    )
    conditions = " ".join(
        sample_build.query("from marts.segment_rules")["condition"].dropna()
    )
    assert len(protected) == 2
    assert "has_" in conditions
    assert not any(feature in conditions for feature in protected["feature"])
