"""Logs are never taken for those of other users than their own."""

import hashlib
import shutil

import pytest

from conftest import green_build, sample_rows, write_profiles
from default_logs import default_log

PROFILES = "seeds/raw_user_profiles.csv"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with profiles and logs that belong to any."""
    monkeypatch.chdir(tmp_path)
    for file in (PROFILES, "users.csv", "data/events.parquet", "data/user_aliases.csv"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(file)
    return tmp_path


@pytest.fixture
def sample(project):
    """The same folder, with files that are told from others."""
    with (project / "data/sample.sha256").open("w") as checksums:
        for file in (PROFILES, "data/events.parquet", "data/user_aliases.csv"):
            digest = hashlib.sha256((project / file).read_bytes()).hexdigest()
            checksums.write(f"{digest}  {file}\n")
    return project


def test_the_logs_of_the_sample_go_with_its_profiles(sample):
    assert default_log("events", PROFILES) == "data/events.parquet"
    assert default_log("user_aliases", PROFILES) == "data/user_aliases.csv"
    assert default_log("transactions", PROFILES) is None


def test_they_do_not_go_with_profiles_that_were_changed(sample):
    with (sample / PROFILES).open("a") as file:
        file.write("One more user\n")
    assert default_log("events", PROFILES) is None


def test_they_do_not_go_with_another_file(sample):
    assert default_log("events", "users.csv") is None


def test_they_do_not_go_with_a_copy_of_the_profiles(sample):
    (sample / "users.csv").write_bytes((sample / PROFILES).read_bytes())
    assert default_log("events", "users.csv") is None


def test_logs_of_nobody_in_particular_go_with_any_profiles(project):
    assert default_log("events", PROFILES) == "data/events.parquet"
    assert default_log("events", "users.csv") == "data/events.parquet"
    assert default_log("transactions", PROFILES) is None


def test_of_two_logs_the_parquet_file_is_read(project):
    (project / "data/user_aliases.parquet").write_text("")
    assert default_log("user_aliases", PROFILES) == "data/user_aliases.parquet"


def test_own_logs_are_read_beside_those_of_the_sample(sample):
    (sample / "data/events.csv").write_text("own")
    (sample / "data/transactions.parquet").write_text("own")
    assert default_log("events", "users.csv") == "data/events.csv"
    assert default_log("transactions", "users.csv") == "data/transactions.parquet"
    assert default_log("user_aliases", "users.csv") is None


def test_own_logs_are_read_in_the_place_of_those_of_the_sample(sample):
    (sample / "data/events.parquet").write_text("own")
    assert default_log("events", "users.csv") == "data/events.parquet"


def test_stored_events_of_the_sample_are_forgotten_with_other_profiles(
    sample_build, tmp_path
):
    shutil.copy(sample_build.database, tmp_path)
    build = green_build(
        tmp_path,
        arguments=[
            *("--select", "stg_checked_events", "stg_events", "user_daily_sessions"),
            *(
                "--exclude-resource-type",
                "test",
                "--exclude-resource-type",
                "unit_test",
            ),
        ],
        user_profiles=write_profiles(tmp_path / "users.csv", sample_rows(10)),
    )
    assert "The events of other files are forgotten" in build.output
    assert not sample_build.query("from staging.stg_events").empty
    for table in ("staging.stg_events", "features.user_daily_sessions"):
        assert build.query(f"from {table}").empty
