"""SQL of the segmentation that both engines must work out to the same numbers."""

import hashlib
import math
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import numpy as np
import pytest

from engines import Engine, macro_files, spark_session

MACROS = {
    *("each_of", "escape_single_quotes", "number_of_hex", "ordered_list", "stacked"),
    *("users_by_edge", "binned_users", "feature_values", "is_held_out", "just_below"),
    *("rounded", "share_of_hashes"),
}
EDGES = {"visit_count": [0.0, 1.0, 4.0], "spend": [-2.5, 10.0]}
VALUES = {"visit_count": [0, 0, 1, 2, 4, 4], "spend": [10.0, -2.5, -3.0, 0.5, 10.5, 9]}
SALT = "20'2\\6"
HELD_OUT_SHARE = 0.3


def named_engine(prefix, ask):
    """An engine with the macros of this file, and what they call."""
    names = {
        "ref": lambda name: name,
        "var": {"holdout_salt": SALT, "holdout_share": HELD_OUT_SHARE}.get,
        "catalog_features": lambda: [{"feature": feature} for feature in EDGES],
    }
    return Engine(prefix, ask, macro_files(*MACROS), names)


@pytest.fixture(scope="module")
def duckdb_engine():
    with duckdb.connect() as connection:
        yield named_engine(
            "default", lambda query: connection.execute(query).fetchall()
        )


@pytest.fixture(scope="module")
def spark_engine(tmp_path_factory):
    with spark_session(tmp_path_factory.mktemp("spark")) as session:
        yield named_engine(
            "spark", lambda query: list(map(tuple, session.sql(query).collect()))
        )


@pytest.fixture(params=["duckdb", "spark"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


def table(name, columns):
    """A common table expression of numbers of type double."""
    rows = ", ".join(
        "(" + ", ".join(f"cast('{float(number)!r}' as double)" for number in row) + ")"
        for row in zip(*columns.values(), strict=True)
    )
    return f"{name} ({', '.join(columns)}) as (values {rows})"


def numbers():
    """Numbers of all sizes: whole, short and long ones, and powers of two."""
    generator = np.random.default_rng(5)
    return [
        *(0.0, 1.0, -1.0, 0.1, -0.3, 1e300, -1e-300, 5e-324, 12345.0),
        *(2.0**power for power in range(-60, 60, 7)),
        *generator.normal(size=300).tolist(),
        *(thousandths / 1000 for thousandths in range(-50, 400)),
    ]


def test_just_below_is_the_next_number_down(engine):
    found = engine.ask(
        f"with {table('numbers', {'number': numbers()})} "
        f"select number, {engine.macro('just_below')('number')} from numbers"
    )
    assert len(found) == len(numbers())
    assert all(below == math.nextafter(number, -math.inf) for number, below in found)


def test_numbers_are_rounded_by_the_last_digit_of_their_hundredfold(engine):
    found = engine.ask(
        f"with {table('numbers', {'number': numbers()})} "
        f"select number, {engine.macro('rounded')('number', 2)} from numbers"
    )
    assert len(found) == len(numbers())
    for number, rounded in found:
        whole = Decimal(100 * number).to_integral_value(ROUND_HALF_UP)
        assert rounded == float(whole) / 100


def test_users_are_counted_in_the_bin_of_the_edges_below_their_value(engine):
    listed = {
        feature: ", ".join(f"cast('{edge!r}' as double)" for edge in edges)
        for feature, edges in EDGES.items()
    }
    brackets = "array({})" if engine.macro("each_of")("x").startswith("ex") else "[{}]"
    edges = " union all ".join(
        f"select '{feature}' as feature, {brackets.format(text)} as edges"
        for feature, text in listed.items()
    )
    found = engine.ask(
        f"with {table('training_users', VALUES)}, all_edges as ({edges}), "
        f"bins as ({engine.macro('binned_users')('all_edges')}) "
        "select feature, edges, shares, user_count from bins"
    )
    assert sorted(feature for feature, *_ in found) == sorted(EDGES)
    for feature, edges_found, shares, user_count in found:
        edges_below = np.searchsorted(EDGES[feature], VALUES[feature], side="left")
        counts = np.bincount(edges_below, minlength=len(EDGES[feature]) + 1)
        assert list(edges_found) == EDGES[feature]
        assert list(shares) == pytest.approx(counts / len(edges_below))
        assert user_count == len(edges_below)


def test_stacked_columns_keep_their_row(engine):
    stacked = engine.macro("stacked")(
        "numbers",
        [{"name": "'a'", "value": "one"}, {"name": "'b'", "value": "two + 1"}],
        ["number"],
    )
    columns = {"number": [1, 2], "one": [10, 20], "two": [100, 200]}
    found = engine.ask(f"with {table('numbers', columns)} {stacked}")
    assert sorted(found) == [(1, "a", 10), (1, "b", 101), (2, "a", 20), (2, "b", 201)]


def test_the_same_users_are_held_out(engine):
    users = [f"user {number}" for number in range(300)]
    values = ", ".join(f"('{user}')" for user in users)
    condition = engine.macro("is_held_out")("'sales'", "user_id")
    found = engine.ask(
        f"with users (user_id) as (values {values}) "
        f"select user_id, {condition} from users"
    )
    for user, is_held_out in found:
        digest = hashlib.md5(f"{SALT}:sales:{user}".encode()).hexdigest()
        assert is_held_out == (int(digest[:8], 16) / 2**32 < HELD_OUT_SHARE)
    assert 0 < sum(is_held_out for _, is_held_out in found) < len(users)
