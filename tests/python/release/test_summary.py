"""The last lines of a build: what was read, what was found, where it is."""

import re
from pathlib import Path

import duckdb
import pytest

from conftest import build_project, sample_rows, write_profiles
from user_segmentation.release.summary import summary

pytestmark = pytest.mark.slow

MARTS = [
    *("marts.release", "marts.segmentations", "marts.segments", "marts.sources"),
    *("marts.outlier_counts", "marts.left_out_features", "marts.users"),
]


@pytest.fixture
def marts():
    """A database with marts of two objectives, made by hand."""
    with duckdb.connect() as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.release as
            select 12345 as read_count, 67 as rejected_count;
            create table marts.sources as
            from (
                values
                ('user_profiles', 12345, 67),
                ('events', 2000, 3),
                ('transactions', 50, 0)
            ) as rows (source, read_count, rejected_count);
            create table marts.outlier_counts as
            from (values ('reaction_count', 1)) as rows (feature, outlier_count);
            create table marts.left_out_features (
                objective text, feature text, reason text, known_share double
            );
            create table marts.segmentations as
            from (values ('marketing', 'strong'), ('support', 'none'))
            as rows (objective, verdict);
            create table marts.segments as
            from (
                values
                ('marketing', 2, 'Readers', 0.305),
                ('marketing', 3, 'Writers', 0.25),
                ('marketing', 1, 'Dancers', 0.445),
                ('support', 2, 'Callers', 0.125),
                ('support', 1, 'Others', 0.875)
            ) as rows (objective, sort_order, segment_name, user_share);
            """
        )
        yield connection


def test_a_summary_is_a_line_for_users_for_each_objective_and_for_each_place(
    marts, tmp_path
):
    assert summary(marts, MARTS, Path("there")) == [
        "Users: 12,345 read, 67 rejected.",
        "Rows of events: 2,000 read, 3 rejected.",
        "Why: marts.rejection_counts; which: staging.stg_rejected_rows.",
        "Outliers: 1 in reaction_count. In means they count as at the limit.",
        "Limits: marts.outlier_counts; which: segmentation.outliers.",
        "marketing  strong    3 segments: Dancers 44.5%, …, Writers 25.0%",
        "support    none      2 segments: Others 87.5%, …, Callers 12.5%",
        "No natural segments were found for support: theirs are slices of convenience.",
        "Tables: there/marts.duckdb",
    ]
    (tmp_path / "report.html").touch()
    *_, last = summary(marts, MARTS, tmp_path)
    assert last == f"Report: {tmp_path}/report.html"


def test_nothing_is_said_of_rejected_rows_and_outliers_where_there_are_none(marts):
    marts.execute("update marts.sources set rejected_count = 0")
    marts.execute("update marts.release set rejected_count = 0")
    marts.execute("truncate marts.outlier_counts")
    first, second, *_ = summary(marts, MARTS, Path("there"))
    assert first == "Users: 12,345 read, 0 rejected."
    assert second.startswith("marketing")


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([("hours", 1234)], "1,234 in hours, 1 in reaction_count"),
        (
            [("hours", 2), ("minutes", 2)],
            "2 in hours, 2 in minutes, 1 in reaction_count",
        ),
        ([("hours", None)], "1 in reaction_count, some in hours"),
        (
            [("hours", 2), ("minutes", 2), ("seconds", 3)],
            "3 in seconds, 2 in hours, 2 in minutes, … (4 features)",
        ),
    ],
)
def test_three_features_with_outliers_are_named(marts, others, expected):
    marts.executemany("insert into marts.outlier_counts values (?, ?)", others)
    lines = summary(marts, MARTS, Path("there"))
    assert f"Outliers: {expected}. In means they count as at the limit." in lines


def test_features_without_weight_are_named_once_with_the_reason(marts):
    marts.execute(
        """
        insert into marts.left_out_features values
        ('marketing', 'income', 'mostly_unknown', 0.496),
        ('support', 'income', 'mostly_unknown', 0.496),
        ('support', 'is_member', 'constant', 1)
        """
    )
    assert (
        "Without weight: income (known of 49%), is_member (the same for all users). "
        "Why: marts.left_out_features."
    ) in summary(marts, MARTS, Path("there"))


def test_nothing_is_said_of_natural_segments_where_all_are(marts):
    marts.execute("update marts.segmentations set verdict = 'weak'")
    lines = summary(marts, MARTS, Path("there"))
    assert not [line for line in lines if "No natural" in line]


def test_tables_that_do_not_tell_have_no_summary(marts):
    assert summary(marts, ["marts.release"], Path("there")) == []


def test_a_build_ends_with_what_it_published(sample_build):
    largest, smallest = (
        sample_build.query(
            f"""
            select segment_name from marts.segments
            where objective = 'customer_service'
            order by user_count {order}, segment_name {order} limit 1
            """
        )["segment_name"][0]
        for order in ("desc", "asc")
    )
    assert "Users: 1,000 read, 0 rejected.\n" in sample_build.output
    assert re.search(
        rf"customer_service +\w+ +\d segments: {largest} [0-9.]+%, …, {smallest} ",
        sample_build.output,
    )
    marts = sample_build.database.parent / "published/marts.duckdb"
    assert f"Tables: {marts}\n" in sample_build.output


def test_a_build_that_publishes_nothing_has_no_summary(tmp_path):
    # A single user cannot be two segments.
    users = write_profiles(tmp_path / "users.csv", sample_rows(1))
    build = build_project(tmp_path / "build", user_profiles=users)
    assert build.returncode != 0
    assert "Nothing is published" in build.output
    assert "Users: " not in build.output
    assert "Tables: " not in build.output
