"""Evidence is taken over from the build before as long as it would be the same."""

import ast
import shutil
from argparse import Namespace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from conftest import green_build
from user_segmentation.evidence import kept
from user_segmentation.evidence.asked_counts import FOUND, KEPT, Asked
from user_segmentation.evidence.kept import (
    PACKAGES,
    ROOMS,
    SEAL,
    KeptTable,
    fingerprint_of,
)

COLUMN_TYPES = {
    "objective": "str",
    "number": "int32",
    "copies": "Int32",
    "is_found": "boolean",
    "gain": "float64",
    "reason": "str",
}
ROWS = [
    ("one", 1, None, None, np.nan, None),
    ("one", 2, 99, True, 0.1 + 0.2, 'It\'s "found".'),
    ("two", 1, 19, False, -0.0, ""),
]


class This:
    """What dbt tells a Python model of its table."""

    identifier = "evidence"

    def __repr__(self):
        return "evidence"


@pytest.fixture
def session(monkeypatch):
    monkeypatch.setattr(kept, "get_flags", lambda: Namespace(FULL_REFRESH=False))
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def build(session):
    """Build the table again; the objectives that were computed, and the table."""

    def build(sources=("one", "two"), used=(1.5,)):
        computed = []

        def compute(objective, *used):
            computed.append(objective)
            return [row for row in ROWS if row[0] == objective]

        table = KeptTable(Namespace(this=This()), session, COLUMN_TYPES)
        for objective in sources:
            table.add(compute, objective, *used, objective=objective)
        session.register("rows", table.rows())
        session.execute("create or replace table evidence as from rows")
        return computed, session.sql("select * from evidence").fetchall()

    return build


def test_what_has_not_changed_is_taken_over_as_it_was(build):
    computed, first = build()
    assert computed == ["one", "two"]
    assert len(first) == len(ROWS)
    for _ in range(2):
        computed, again = build()
        assert computed == []
        assert repr(again) == repr(first)


@pytest.mark.parametrize(
    "edit",
    [
        "update evidence set gain = gain + 1e-15 where number = 2",
        "update evidence set gain = 0 where gain is null",
        "update evidence set reason = '' where objective = 'one' and number = 1",
        "update evidence set is_found = false where is_found",
        "update evidence set number = 3 where number = 2",
        "update evidence set number = null where number = 2",
        "update evidence set seal = 'mine' where number = 2",
        "update evidence set seal = null where objective = 'one'",
        "delete from evidence where number = 2",
        "insert into evidence from evidence where number = 2",
        "update evidence set gain = copies, copies = gain where number = 2",
    ],
)
def test_rows_that_were_changed_by_hand_are_computed_anew(build, session, edit):
    _, first = build()
    session.execute(edit)
    assert repr(session.sql("from evidence").fetchall()) != repr(first)
    computed, again = build()
    assert "one" in computed
    assert repr(again) == repr(first)


def test_rows_given_to_another_objective_are_computed_anew(build, session):
    _, first = build()
    session.execute("update evidence set objective = 'two' where number = 2")
    computed, again = build()
    assert (computed, repr(again)) == (["one", "two"], repr(first))


def test_only_what_changed_is_computed(build):
    build()
    assert build(sources=("one", "two", "three"))[0] == ["three"]
    assert build(used=(1.5, None))[0] == ["one", "two"]


def test_a_full_refresh_computes_anew_and_gives_the_same(build, monkeypatch):
    _, first = build()
    monkeypatch.setattr(kept, "get_flags", lambda: Namespace(FULL_REFRESH=True))
    computed, again = build()
    assert (computed, repr(again)) == (["one", "two"], repr(first))


def test_other_code_computes_anew(build, session, monkeypatch):
    build()
    monkeypatch.setattr(kept, "code_version", lambda: "another")
    assert build()[0] == ["one", "two"]

    def tables(compute):
        table = KeptTable(Namespace(this=This()), session, COLUMN_TYPES)
        table.add(compute, "one", objective="one")
        return table.rows()[SEAL][0]

    assert tables(lambda name: ROWS[:2]) == tables(lambda name: ROWS[:2])
    assert tables(lambda name: ROWS[:2]) != tables(lambda name: ROWS[:2] + ROWS[:0])


def test_a_table_without_seals_is_computed_anew(build, session):
    _, first = build()
    session.execute("alter table evidence drop column seal")
    computed, again = build()
    assert (computed, repr(again)) == (["one", "two"], repr(first))


MATRIX = np.array([[1.0, np.nan], [2.0, 0.5]])
FRAME = pd.DataFrame({"a": ["x", None], "b": [1.0, np.nan]})
OTHERS = [
    [MATRIX, "a"],
    [MATRIX.T, "a"],
    [MATRIX[::-1], "a"],
    [MATRIX.astype("float32"), "a"],
    [MATRIX.reshape(1, 4), "a"],
    [np.nextafter(MATRIX, 9), "a"],
    [MATRIX, "b"],
    [MATRIX, ["a"]],
    ["a", MATRIX],
    [FRAME],
    [FRAME[::-1]],
    [FRAME[["b", "a"]]],
    [FRAME.rename(columns={"a": "c"})],
    [FRAME.fillna({"a": "None"})],
    [FRAME.fillna({"a": "nan"})],
    [FRAME.fillna({"b": 0.0})],
    [FRAME[:1]],
    [FRAME["a"], FRAME["b"]],
    ["ab", "c"],
    ["a", "bc"],
    [Asked("auto", 5)],
    [Asked("auto", 5, 3)],
]


def test_no_two_sources_are_taken_for_each_other():
    assert len({fingerprint_of(sources) for sources in OTHERS}) == len(OTHERS)


def test_the_same_values_have_the_same_fingerprint():
    copies = [MATRIX.copy(order="F"), FRAME.set_index(np.array([7, 3])), Asked("5", 5)]
    assert fingerprint_of(copies) == fingerprint_of([MATRIX, FRAME, Asked("5", 5)])


# What is imported by the code that is hashed, and was not hashed itself.
def test_all_that_evidence_is_computed_with_is_in_its_code_version():
    package = Path(kept.__file__).parents[1]
    names = {
        name
        for room in ROOMS
        for file in (package / room).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for name in [getattr(node, "module", None) or node.names[0].name]
    }
    own = {name.split(".")[1] for name in names if name.startswith("user_segmentation")}
    assert own <= set(ROOMS)
    others = {name.split(".")[0] for name in names} & {*PACKAGES, "sklearn"}
    assert others == {name.replace("scikit-learn", "sklearn") for name in PACKAGES}


@pytest.mark.parametrize(
    ("previous_count", "chosen", "reason", "matters"),
    [
        (None, 5, FOUND, False),
        (5, 5, FOUND, False),
        (4, 5, FOUND, True),
        # Another number would have been found without the model before.
        (5, 5, KEPT, True),
    ],
)
def test_a_model_before_matters_unless_its_number_is_found_anyway(
    previous_count, chosen, reason, matters
):
    scores = pd.DataFrame(
        {
            "segment_count": [1, chosen],
            "is_chosen": [False, True],
            "reason": ["", reason],
        }
    )
    asked = Asked("auto", 5, previous_count, is_fixed=True)
    seen = asked.as_it_matters(scores)
    assert (seen == asked) == (matters or previous_count is None)
    if not matters and previous_count:
        assert seen == Asked("auto", 5)


EVIDENCE = [
    *("segment_count_scores", "compared_techniques", "segment_validity"),
    *("feature_peaks", "held_out_tests", "outcome_evidence"),
    *("fitted_rules", "map_positions"),
]


def test_a_build_takes_all_evidence_over_and_mends_what_was_edited(
    sample_build, tmp_path
):
    shutil.copy(sample_build.database, tmp_path)
    edited = "segmentation.segment_count_scores"
    with duckdb.connect(tmp_path / "build.duckdb") as connection:
        connection.execute(
            f"update {edited} set gain = 0.9, reason = 'Mine.' "
            "where objective = 'customer_service' and is_chosen"
        )
    arguments = ["--select", *EVIDENCE, "--indirect-selection", "empty"]
    build = green_build(tmp_path, arguments=arguments)
    for name in EVIDENCE:
        query = f"select * exclude (seal) from segmentation.{name}"
        assert repr(build.query(query)) == repr(sample_build.query(query)), name
        pd.testing.assert_frame_equal(build.query(query), sample_build.query(query))
    assert build.output.count("is as the last build left it") == len(EVIDENCE)
    kept_scores = "segment_count_scores is as the last build left it for "
    others = "personalized_marketing, product_recommendation: what"
    assert kept_scores + others in build.output
    assert "customer_service: testing" in build.output
    assert "personalized_marketing: testing" not in build.output
