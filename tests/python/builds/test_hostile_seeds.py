"""Seeds whose texts look like SQL, Jinja, HTML and formulas: they stay texts."""

import csv

import duckdb
import pytest

from growing_project import GrowingProject

pytestmark = pytest.mark.slow

HOSTILE = (
    "'\"; drop table marts.users; -- {{ 1/0 }} {% do run_query('select 1') %} {# "
    "<script>alert(1)</script> \\ \N{RIGHT-TO-LEFT OVERRIDE}%s $1"
)
# Texts that people write, by the seed.
WRITTEN = {
    "segment_actions": ["recommended_action"],
    "audience_policies": ["platform", "source"],
    "segment_palette": ["name"],
    "log_rejection_reasons": ["sentence"],
}


def spoil(project, seed, columns):
    """Write a hostile text behind each text of some columns of a seed."""
    path = project / f"seeds/{seed}.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update({name: row[name] + HOSTILE for name in columns if row[name]})
    write(path, rows)


def write(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.chaos
def test_hostile_texts_of_seeds_are_published_as_they_are(tmp_path):
    project = GrowingProject(tmp_path)
    project.build_green()
    for seed, columns in WRITTEN.items():
        spoil(project.project, seed, columns)
    alias = {
        "segment_key": "customer_service-1",
        "rule_name": "A name",
        "alias": f"Ours{HOSTILE}",
        "named_by": f"us{HOSTILE}",
        "named_on": "2026-01-01",
    }
    write(project.project / "seeds/segment_aliases.csv", [alias])
    project.build_green()
    with duckdb.connect(project.published / "marts.duckdb", read_only=True) as marts:
        segments = marts.table("segments").df().set_index("segment_key")
        platforms = marts.table("audience_sizes").df()["platform"]
        assert marts.table("users").count("*").fetchall() == [(project.user_count,)]
    assert segments["segment_name"]["customer_service-1"] == alias["alias"]
    assert platforms.str.endswith(HOSTILE).all()
    actions = segments["recommended_action"]
    assert actions[actions.str.contains("script")].str.endswith(HOSTILE).any()
    report = (project.published / "report.html").read_text()
    assert "<script" not in report
    assert "&lt;script&gt;alert(1)" in report
