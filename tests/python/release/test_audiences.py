"""Whom a campaign may address, and whom it leaves alone."""

import csv
import hashlib

import duckdb
import pytest

from conftest import build_project

pytestmark = pytest.mark.slow


def test_who_objected_is_in_no_audience(
    sample_build, build_with_consents, aliased_user
):
    alias, user = aliased_user
    build = build_with_consents(
        [
            "7,false,2025-06-01T00:00:00Z",
            # One hour later, though it looks earlier.
            "8,true,2025-06-01T00:00:00+02:00",
            "8,false,2025-05-31T23:00:00Z",
            "9,false,2025-06-01T00:00:00Z",
            "9,true,2025-06-01T00:00:01Z",
            # A time that cannot be right takes no objection away.
            "10,false,1970-01-01T00:00:00Z",
            "10,true,2025-06-01T00:00:00Z",
            "11,false,2999-01-01T00:00:00Z",
            "12,false,2025-06-01T00:00:00Z",
            "12,true,2999-01-01T00:00:00Z",
            f"{alias},false,2025-06-01T00:00:00Z",
            "nobody,false,2025-06-01T00:00:00Z",
        ],
        # The permission of 2999 is one of twelve rows.
        max_rejected_share=0.1,
        # Six objections would be hidden.
        min_cell_size=0,
    )
    objectors = {"7", "8", "10", "11", "12", user}
    found = build.query("select objective, user_id from marts.audiences")
    segmented = sample_build.query(
        "select objective, user_id from segmentation.user_segments"
    )
    expected = segmented[~segmented["user_id"].isin(objectors)]
    assert set(found.itertuples(index=False)) == set(expected.itertuples(index=False))
    assert len(found) == len(expected) == 3 * 994

    sizes = build.query("from marts.audience_sizes where platform = 'tiktok'")
    counted = sizes.groupby("objective")["objection_count"].sum()
    assert (counted == 6).all()
    parts = sizes["objection_count"] + sizes["held_out_count"] + sizes["list_count"]
    assert (parts == sizes["user_count"]).all()
    assert not sizes["is_large_enough"].any()


def test_a_tenth_is_held_out_for_each_objective_by_itself(sample_build):
    audiences = sample_build.query("from marts.audiences")
    for row in audiences.itertuples():
        text = f"2026:{row.objective}:{row.user_id}"
        digits = hashlib.md5(text.encode()).hexdigest()[:8]
        assert row.is_held_out == (int(digits, 16) / 2**32 < 0.1)
    held_out = audiences.pivot(
        index="user_id", columns="objective", values="is_held_out"
    ).astype(int)
    # Four standard deviations of a share of 1,000 users.
    assert held_out.mean().between(0.062, 0.138).all()
    assert (held_out.corr().to_numpy()[[0, 0, 1], [1, 2, 2]] < 4 / 1000**0.5).all()


def test_share_and_salt_decide_who_is_held_out(sample_build, build_with_consents):
    line = "6,true,2025-06-01T00:00:00Z"
    nobody = build_with_consents([line], holdout_share=0)
    assert not nobody.query("from marts.audiences")["is_held_out"].any()
    query = "select user_id from marts.audiences where is_held_out order by all"
    other = build_with_consents([line], holdout_salt="spring")
    assert not other.query(query).equals(sample_build.query(query))


@pytest.mark.parametrize(
    ("line", "problem", "values"),
    [
        (
            "7,No,2025-06-01T00:00:00Z",
            "is_profiling_allowed_unknown",
            'user_id is "7", is_profiling_allowed is "No", decided_at is "2025-06-01T',
        ),
        (
            ",false,2025-06-01",
            "user_id_missing, decided_at_without_offset",
            'user_id is empty, is_profiling_allowed is "false", decided_at is "2025-06',
        ),
    ],
)
def test_a_decision_that_cannot_be_read_stops_the_build(
    build_with_consents, line, problem, values
):
    good = "6,true,2025-06-01T00:00:00Z"
    build = build_with_consents([good, line], run=build_project)
    assert build.returncode != 0
    assert (
        f"row 2 after the header cannot be read ({problem}): {values}" in build.output
    )
    assert "mend it, since it may be an objection." in build.output


def test_more_permissions_of_no_possible_time_than_allowed_stop_the_build(
    build_with_consents,
):
    lines = ["6,true,2025-06-01T00:00:00Z", "7,true,2999-01-01T00:00:00Z"]
    build = build_with_consents(lines, run=build_project)
    assert build.returncode != 0
    assert (
        "Of 2 rows of consents read, 1 were rejected: 50%, where the variable "
        "max_rejected_share allows 5%. The commonest reasons: decided_at_in_the_future "
        "(1): "
    ) in build.output


@pytest.mark.parametrize("share", [1, "a tenth"])
def test_a_share_that_says_nothing_is_refused(build_with_consents, share):
    build = build_with_consents([], run=build_project, holdout_share=share)
    assert f"The variable holdout_share is {share}; it must be" in build.output


def test_lists_are_published_as_csv_too(sample_build):
    current = sample_build.database.parent / "published/current"
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"from '{current}/audiences.parquet' order by all"
        ).fetchall()
    with (current / "audiences.csv").open(newline="") as file:
        header, *lines = csv.reader(file)
    assert header[-2:] == ["user_id", "is_held_out"]
    assert len(lines) == 3000
    assert sorted(lines) == sorted(
        [*map(str, row[:-1]), str(row[-1]).lower()] for row in rows
    )
