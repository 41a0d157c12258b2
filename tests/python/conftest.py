"""Whole builds of the project, each in a database of its own."""

import csv
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
import yaml

import parsed_project

ROOT = Path(__file__).parents[2]
CASE_STUDY = Path(
    os.environ.get(
        "CASE_STUDY_FILE", ROOT.parent / "shared/data/user_profiles_for_ads.csv"
    )
)

# Beside data of one's own the sample is read only where variables name it.
SAMPLE_FILES = {
    "user_profiles": "seeds/raw_user_profiles.csv",
    "events": "data/events.parquet",
    "transactions": "data/transactions.parquet",
    "user_aliases": "data/user_aliases.csv",
}

# What decisions of users change.
AUDIENCE_MODELS = [
    *("stg_user_aliases", "stg_resolved_aliases", "stg_user_identities"),
    *("stg_checked_consents", "stg_recorded_consents", "stg_unmatched_objections"),
    *("stg_consents", "audiences", "audience_sizes", "every_objection_is_of_a_user"),
]


def pytest_terminal_summary(terminalreporter):
    """Show what tests counted, added up over the tests."""
    counts = Counter()
    for report in terminalreporter.getreports("passed"):
        counts.update(dict(report.user_properties))
    for counted, count in counts.items():
        terminalreporter.write_line(f"{counted}: {count}")


@dataclass(frozen=True)
class Build:
    """One run of `dbt build`."""

    database: Path
    returncode: int
    output: str

    def query(self, sql):
        """Rows of a query on the database as a DataFrame."""
        with duckdb.connect(self.database, read_only=True) as connection:
            return connection.sql(sql).df()


def dbt_command(folder, *arguments):
    """Command and environment of a run of dbt whose outputs are in `folder`."""
    # What runs in the background of a shell ignores Ctrl-C, and so would dbt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [
        Path(sys.executable).parent / "dbt",
        "--no-use-colors",
        *arguments,
        *("--log-path", folder / "logs"),
    ]
    if "--target-path" not in arguments:
        command += ["--target-path", folder / "target"]
    environment = {
        "DUCKDB_PATH": str(folder / "build.duckdb"),
        "PUBLISH_PATH": str(folder / "published"),
        "PATH": "",
    }
    return command, environment


def build_project(folder, *, project=ROOT, threads=2, arguments=(), **variables):
    """Run `dbt build`, without unit tests, in a database in `folder`."""
    folder.mkdir(exist_ok=True)
    command, environment = dbt_command(
        folder,
        *("build", "--exclude-resource-type", "unit_test"),
        *("--threads", str(threads), "--vars", yaml.safe_dump(variables)),
        *arguments,
    )
    logs_alone = "user_profiles" not in variables and {"events", "transactions"} & set(
        variables
    )
    if project == ROOT and not (
        logs_alone or parsed_project.PARSED_VARIABLES & set(variables)
    ):
        runner = [sys.executable, parsed_project.__file__, parsed_project.parsed(ROOT)]
        command = [*runner, *command[1:]]
    completed = subprocess.run(
        command,
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    output = completed.stdout + completed.stderr
    return Build(folder / "build.duckdb", completed.returncode, output)


def green_build(folder, **arguments):
    """A build that must succeed."""
    build = build_project(folder, **arguments)
    assert build.returncode == 0, build.output
    return build


def sample_rows(count=None):
    """The first users of the shipped sample as dicts of text."""
    with (ROOT / "seeds/raw_user_profiles.csv").open(newline="") as sample:
        return list(csv.DictReader(sample))[:count]


def write_profiles(path, rows):
    """Write users to a CSV file; its path as text, as the variables want it."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def copy_project(folder):
    """The project without its environment and its outputs."""
    ignored = shutil.ignore_patterns(".*", "target", "logs", "*.duckdb*", "published")
    return shutil.copytree(ROOT, folder / "project", ignore=ignored)


@pytest.fixture(scope="session")
def sample_build(tmp_path_factory):
    """The shipped sample."""
    return green_build(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def aliased_user(sample_build):
    """An alias of the sample and its user."""
    rows = sample_build.query(
        """
        select logged_user_id, user_id from staging.stg_user_identities
        where logged_user_id <> user_id order by all limit 1
        """
    )
    return tuple(rows.to_numpy()[0])


@pytest.fixture
def build_with_consents(sample_build, tmp_path):
    """Build the audiences again on the sample's database, with decisions of users."""
    shutil.copy(sample_build.database, tmp_path)

    def build(lines, *flags, run=green_build, **variables):
        file = tmp_path / "consents.csv"
        header = "user_id,is_profiling_allowed,decided_at\n"
        file.write_text(header + "".join(f"{line}\n" for line in lines))
        variables = SAMPLE_FILES | {"consents": str(file)} | variables
        arguments = ["--select", *AUDIENCE_MODELS, "--indirect-selection", "cautious"]
        return run(tmp_path, arguments=[*arguments, *flags], **variables)

    return build


@pytest.fixture(scope="session")
def case_study_file():
    """The file of the case study, which the project does not ship."""
    if not CASE_STUDY.exists():
        pytest.skip(
            "the case study's file is not shipped, as its licence is unknown; "
            "CASE_STUDY_FILE can tell where it is"
        )
    return CASE_STUDY
