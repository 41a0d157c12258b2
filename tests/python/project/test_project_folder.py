"""Paths start in the project's folder, wherever dbt was started."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

from conftest import copy_project, sample_rows, write_profiles
from user_segmentation.files.default_logs import default_log, sample_problem
from user_segmentation.files.project_folder import placed

MODELS = ["--select", "stg_checked_events", "stg_events", "stg_user_profiles"]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("data/*.csv", "/project/data/*.csv"),
        ("/data/users.csv", "/data/users.csv"),
        ("s3://bucket/users.csv", "s3://bucket/users.csv"),
        (":memory:", ":memory:"),
        ("", ""),
    ],
)
def test_relative_paths_start_in_the_folder(path, place):
    assert placed(Path("/project"), path) == place
    assert placed(Path(), path) == path


def test_the_sample_is_known_from_elsewhere(tmp_path, monkeypatch):
    project = copy_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    seed = "seeds/raw_user_profiles.csv"
    assert default_log("events", seed, {}) is None
    assert default_log("events", seed, {}, project) == "data/events.parquet"
    (project / "own.csv").write_text("own")
    assert "events (own.csv)" in sample_problem(seed, {"events": "own.csv"}, project)


def test_a_build_from_elsewhere_is_one_of_the_project(tmp_path):
    project = copy_project(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_profiles(project / "users.csv", sample_rows(5))
    files = {"user_profiles": "users.csv", "events": "data/events.parquet"}

    def build(folder, *arguments):
        completed = subprocess.run(
            [
                *(Path(sys.executable).parent / "dbt", "--no-use-colors", "build"),
                *(*MODELS, "+stg_user_profiles"),
                *("--indirect-selection", "empty", *arguments),
                *("--exclude-resource-type", "unit_test"),
                *("--vars", yaml.safe_dump(files)),
            ],
            cwd=folder,
            env={"PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert completed.returncode == 0, completed.stdout + completed.stderr
        return completed.stdout

    from_here = ["--project-dir", "../project", "--profiles-dir", "../project"]
    build(elsewhere, *from_here)
    assert not list(elsewhere.iterdir())
    # The same path is the same events, wherever it is looked for from.
    assert "are forgotten" not in build(project)
    with duckdb.connect(project / "user_segmentation.duckdb") as connection:
        assert connection.sql("from staging.stg_events limit 1").fetchall()
        query = "select count(*) from staging.stg_user_profiles"
        assert connection.sql(query).fetchall() == [(5,)]
