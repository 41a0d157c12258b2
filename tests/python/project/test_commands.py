"""Commands of dbt that cannot do what they promise say so in one plain line."""

import click
import duckdb
import pytest
from dbt.cli.main import dbtRunner
from dbt_common.exceptions import DbtRuntimeError

from conftest import ROOT
from user_segmentation.plugins.no_retry import NoRetry

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def invoke(tmp_path_factory):
    """Run a command on a database; parses the project once."""
    folder = tmp_path_factory.mktemp("commands")
    paths = ["--target-path", str(folder), "--log-level-file", "none"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        manifest = dbtRunner().invoke(["--quiet", "parse", *paths]).result

        def invoke(database, *command):
            patch.setenv("DUCKDB_PATH", str(database))
            if command[0] == "clone":
                command = (*command, "--state", str(folder))
            return dbtRunner(manifest=manifest).invoke(["--quiet", *command, *paths])

        yield invoke


def line_of(outcome):
    """The one line that an outcome says, behind the kinds of error that dbt adds."""
    assert not outcome.success
    *kinds, line = map(str.strip, str(outcome.exception).splitlines())
    assert kinds == ["Database Error", "Runtime Error"]
    return line


@pytest.mark.parametrize("command", ["test", "snapshot", "show"])
def test_commands_that_need_tables_ask_for_a_build(tmp_path, invoke, command):
    arguments = ["--select", "users"] if command == "show" else []
    database = tmp_path / "none.duckdb"
    line = (
        f"There are no tables in {database} for dbt {command} to look at: run dbt "
        "build first, or make build."
    )
    assert line_of(invoke(database, command, *arguments)) == line
    assert not database.exists()
    duckdb.connect(database).close()
    assert line_of(invoke(database, command, *arguments)) == line


def test_clone_is_no_way_to_another_environment(tmp_path, invoke):
    outcome = invoke(tmp_path / "none.duckdb", "clone")
    assert line_of(outcome).startswith("dbt clone copies tables within a database, and")


def started_with(command, project):
    """Whether dbt's plugin refuses a command in a project."""
    with click.Context(click.Command(command), info_name=command):
        NoRetry(project)


def test_retry_is_refused_as_it_reads_no_file_again():
    with pytest.raises(DbtRuntimeError, match=r"reads no file again.*run dbt build\."):
        started_with("retry", "user_segmentation")


@pytest.mark.parametrize(
    ("command", "project"), [("build", "user_segmentation"), ("retry", "another")]
)
def test_other_commands_and_projects_are_not_refused(command, project):
    started_with(command, project)
