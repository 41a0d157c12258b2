"""Logs are never taken for those of other users than their own."""

import hashlib
import shutil

import pytest

from conftest import build_project, green_build, sample_rows, write_profiles
from project_macros import Macros
from user_segmentation.files.default_logs import default_log, sample_problem

pytestmark = pytest.mark.slow

PROFILES = "seeds/raw_user_profiles.csv"
# What no variable names, as dbt gives it.
UNNAMED = dict.fromkeys(("events", "transactions", "user_aliases", "consents"), "")


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
    assert default_log("events", PROFILES, UNNAMED) == "data/events.parquet"
    assert default_log("user_aliases", PROFILES, UNNAMED) == "data/user_aliases.csv"
    assert default_log("transactions", PROFILES, UNNAMED) is None


def test_they_do_not_go_with_profiles_that_were_changed(sample):
    with (sample / PROFILES).open("a") as file:
        file.write("One more user\n")
    assert default_log("events", PROFILES, UNNAMED) is None


def test_they_do_not_go_with_another_file(sample):
    assert default_log("events", "users.csv", UNNAMED) is None


def test_they_do_not_go_with_a_copy_of_the_profiles(sample):
    (sample / "users.csv").write_bytes((sample / PROFILES).read_bytes())
    assert default_log("events", "users.csv", UNNAMED) is None


def test_logs_of_nobody_in_particular_go_with_any_profiles(project):
    assert default_log("events", PROFILES, UNNAMED) == "data/events.parquet"
    assert default_log("events", "users.csv", UNNAMED) == "data/events.parquet"
    assert default_log("transactions", PROFILES, UNNAMED) is None


def test_of_two_logs_the_parquet_file_is_read(project):
    (project / "data/user_aliases.parquet").write_text("")
    assert default_log("user_aliases", PROFILES, UNNAMED) == "data/user_aliases.parquet"


def test_own_logs_are_read_beside_those_of_the_sample(sample):
    (sample / "data/events.csv").write_text("own")
    (sample / "data/transactions.parquet").write_text("own")
    assert default_log("events", "users.csv", UNNAMED) == "data/events.csv"
    assert (
        default_log("transactions", "users.csv", UNNAMED) == "data/transactions.parquet"
    )
    assert default_log("user_aliases", "users.csv", UNNAMED) is None


def test_own_logs_are_read_in_the_place_of_those_of_the_sample(sample):
    (sample / "data/events.parquet").write_text("own")
    assert default_log("events", "users.csv", UNNAMED) == "data/events.parquet"


@pytest.fixture
def own(sample):
    """The same folder with a log of one's own under each of two names."""
    (sample / "logs").mkdir()
    for name in ("events", "consents"):
        (sample / f"logs/{name}.csv").write_text("own")
    return sample


def test_the_sample_alone_is_no_problem(sample):
    assert sample_problem(PROFILES, UNNAMED) is None
    assert sample_problem(PROFILES, {"events": "data/events.parquet"}) is None


@pytest.mark.parametrize("source", ["events", "transactions", "consents"])
def test_an_own_log_without_profiles_is_refused(own, source):
    problem = sample_problem(PROFILES, {"events": "", source: "logs/events.csv"})
    assert problem == (
        f"profiles_are_of_the_sample: {source} (logs/events.csv) would be joined to "
        f"the synthetic people of {PROFILES}. Name the profiles of the same users in "
        "the variable user_profiles, or put them in the place of that file; without "
        "profiles, name the log in the variable events or transactions."
    )


@pytest.mark.parametrize("file", ["events.parquet", "events.csv", "consents.parquet"])
def test_an_own_log_in_the_folder_of_the_sample_is_refused(sample, file):
    (sample / "data" / file).write_text("own")
    problem = sample_problem(PROFILES, UNNAMED)
    assert problem.startswith("profiles_are_of_the_sample: ")
    assert f"(data/{file})" in problem


def test_a_log_that_no_path_of_this_machine_names_is_an_own_one(sample):
    assert "s3://bucket/e.csv" in sample_problem(
        PROFILES, {"events": "s3://bucket/e.csv"}
    )


def test_beside_an_own_log_none_of_the_sample_is_read(own):
    given = UNNAMED | {"user_profiles": PROFILES, "events": "logs/events.csv"}
    assert sample_problem(PROFILES, given) is None
    assert default_log("user_aliases", PROFILES, given) is None
    given = UNNAMED | {"user_profiles": PROFILES, "events": "data/events.parquet"}
    assert default_log("user_aliases", PROFILES, given) == "data/user_aliases.csv"


def test_an_own_log_goes_with_profiles_in_the_place_of_the_sample(own):
    (own / PROFILES).write_text("own users")
    given = UNNAMED | {"events": "logs/events.csv"}
    assert sample_problem(PROFILES, given) is None
    assert default_log("user_aliases", PROFILES, given) is None


def test_without_profiles_no_log_of_the_sample_is_read(own):
    given = {"events": "logs/events.csv"}
    assert sample_problem("", given) is None
    assert default_log("user_aliases", "", given) is None
    given = {"events": "data/events.parquet"}
    assert sample_problem("", given) is None
    assert default_log("user_aliases", "", given) is None


def test_own_profiles_are_not_passed_over_where_logs_alone_are_named(own):
    (own / PROFILES).write_text("own users")
    problem = sample_problem("", {"events": "logs/events.csv"})
    assert problem.startswith(f"profiles_are_not_named: {PROFILES} holds profiles ")
    (own / PROFILES).unlink()
    assert sample_problem("", {"events": "logs/events.csv"}) is None


@pytest.mark.parametrize("source", ["user_profiles", "events"])
def test_files_of_the_sample_among_own_ones_are_refused(own, source):
    (own / "logs/copied.csv").write_bytes((own / PROFILES).read_bytes())
    given = {"user_profiles": "users.csv", source: "logs/*.csv"}
    assert sample_problem("users.csv", given) == (
        f"sample_is_mixed: {source} (logs/*.csv) takes in logs/copied.csv, which is "
        "the sample's, beside other files: its people are synthetic. Name your own "
        "files alone."
    )


def test_a_build_of_own_decisions_without_profiles_stops_before_anything_runs(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("user_id\n")
    build = build_project(tmp_path, consents=str(file))
    assert build.returncode != 0
    assert f"profiles_are_of_the_sample: consents ({file}) would be" in build.output
    assert build.query("from duckdb_tables()").empty


@pytest.mark.parametrize(
    ("definition", "files", "is_same"),
    [
        ("data/events.parquet", "data/events.parquet", True),
        ("data/events.parquet", "", False),
        ("other/data/events.parquet", "data/events.parquet", False),
        ("CREATE VIEW v AS FROM read_csv('a.csv')", "a.csv", True),
        ("CREATE VIEW v AS FROM read_csv('a.csv')", "", False),
        ("CREATE VIEW v AS SELECT NULL WHERE false", "", True),
    ],
)
def test_a_view_tells_whose_files_it_reads(definition, files, is_same):
    assert Macros("default", "engine").is_view_of(definition, files) == is_same


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
