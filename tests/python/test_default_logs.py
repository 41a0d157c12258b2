"""Logs are never taken for those of other users than their own."""

import hashlib

import pytest

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
    """The same folder, with logs that belong to its profiles alone."""
    digest = hashlib.sha256((project / PROFILES).read_bytes()).hexdigest()
    (project / "data/profiles.sha256").write_text(f"{digest}  {PROFILES}\n")
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
