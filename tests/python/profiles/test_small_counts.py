"""No published table counts a few users: every mart, by what its YAML file says."""

import re

import duckdb
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from project_macros import Macros

MINIMUM = 10
NUMERIC = ("bigint", "int", "integer", "double", "decimal(18, 2)")
# What a number may be of that is not hidden where it is small: users of a segment, and
# all users, which are published to be known; users drawn by a hash, which says nothing
# of them; cells that another mart shows; rows; and things that are no people.
KINDS = {"segments", "all", "drawn", "shown", "rows", "things"}
MARTS = {
    path.stem: yaml.safe_load(path.read_text())["models"][0]
    for path in sorted((ROOT / "models/marts").glob("*.yml"))
}


DOC = re.compile(r"{{ doc\('(\w+)'\) }}")
DOCS = dict(
    re.findall(
        r"{% docs (\w+) %}\n(.*?)\n{% enddocs %}",
        (ROOT / "models/_columns.md").read_text(),
        re.DOTALL,
    )
)


def hidden_columns(columns):
    """Counts that are hidden where they are small, and the numbers hidden with them."""
    found = set()
    for column in columns:
        for test in column.get("data_tests", []):
            if test == "hides_small_counts":
                found.add(column["name"])
            elif isinstance(test, dict) and "hides_small_counts" in test:
                arguments = test["hides_small_counts"]["arguments"]
                found |= {column["name"], *arguments.get("numbers", [])}
    return found


def unclassified(mart):
    """Numbers of which nobody has said whether they may tell of a few users."""
    if mart.get("config", {}).get("meta", {}).get("is_of_people"):
        return []
    columns = mart["columns"]
    hidden = hidden_columns(columns)
    problems = []
    for column in columns:
        name, data_type = column["name"], column["data_type"]
        may_tell = name.endswith(("_count", "share")) and data_type in NUMERIC
        # Beside a count that is hidden a mean may be of the same users.
        may_tell |= bool(hidden) and data_type in NUMERIC[-2:]
        kind = column.get("config", {}).get("meta", {}).get("counts")
        if may_tell and name not in hidden and kind not in KINDS:
            problems.append(name)
    return problems


@pytest.mark.parametrize("mart", MARTS)
def test_every_published_count_is_hidden_where_it_is_small_or_may_be_seen(mart):
    assert unclassified(MARTS[mart]) == []


def test_a_new_mart_with_a_count_must_say_what_it_counts():
    column = {"name": "visitor_count", "data_type": "bigint"}
    assert unclassified({"columns": [column]}) == ["visitor_count"]
    mean = {"name": "mean", "data_type": "double"}
    tested = column | {"data_tests": ["hides_small_counts"]}
    assert unclassified({"columns": [tested, mean]}) == ["mean"]
    numbers = {"hides_small_counts": {"arguments": {"numbers": ["mean"]}}}
    assert unclassified({"columns": [column | {"data_tests": [numbers]}, mean]}) == []
    of_rows = column | {"config": {"meta": {"counts": "rows"}}}
    assert unclassified({"columns": [of_rows]}) == []
    of_nothing = column | {"config": {"meta": {"counts": "cats"}}}
    assert unclassified({"columns": [of_nothing]}) == ["visitor_count"]
    marked = {"config": {"meta": {"is_of_people": True}}, "columns": [column]}
    assert unclassified(marked) == []


def test_what_may_be_hidden_is_described_as_null():
    for name, mart in MARTS.items():
        for column in mart["columns"]:
            if column["name"] in hidden_columns(mart["columns"]):
                described = DOC.sub(lambda found: DOCS[found[1]], column["description"])
                is_told = "null" in described.lower()
                assert is_told or name == "segment_claims", column["name"]


@pytest.fixture(scope="module")
def hide():
    """Hide counts of one line, as the macro has it."""
    macros = Macros("default", "segmentation", var=lambda name: MINIMUM)
    condition = macros.is_hidden_in_line("user_count", None, "key")
    with duckdb.connect() as connection:

        def run(counts):
            lines = pd.DataFrame({"key": range(len(counts)), "user_count": counts})
            connection.register("lines", lines)
            query = f"select {condition} from lines order by key"
            return [is_hidden for (is_hidden,) in connection.sql(query).fetchall()]

        yield run


@given(st.lists(st.sampled_from([0, 1, 2, 5, 9, 10, 11, 20, 300]), min_size=1))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_a_line_hides_two_counts_and_enough_users_or_all(hide, counts):
    is_hidden = hide(counts)
    hidden = [count for count, hides in zip(counts, is_hidden, strict=True) if hides]
    shown = [count for count, hides in zip(counts, is_hidden, strict=True) if not hides]
    assert all(count == 0 or count >= MINIMUM for count in shown)
    assert 0 not in hidden
    if not any(0 < count < MINIMUM for count in counts):
        assert hidden == []
    elif any(shown):
        assert len(hidden) >= 2
        assert sum(hidden) >= MINIMUM
        # No more than that takes: without the largest it would not do.
        rest = sorted(hidden)[:-1]
        assert len(rest) < 2 or sum(rest) < MINIMUM or max(hidden) < MINIMUM


def test_the_next_smallest_is_hidden_with_a_small_one(hide):
    assert hide([8, 11, 55, 0]) == [True, True, False, False]
    assert hide([1, 1, 12, 13]) == [True, True, True, False]
    assert hide([9, 9, 55]) == [True, True, False]
    assert hide([10, 55]) == [False, False]
    assert hide([3, 4]) == [True, True]
