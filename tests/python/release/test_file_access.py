"""Others cannot read what is about people, whatever the umask."""

import os
import stat
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from dbt_common.exceptions import DbtRuntimeError

from conftest import ROOT, dbt_command
from small_releases import MARTS, name_release, publish_all, small_build
from user_segmentation.plugins import duckdb_plugin
from user_segmentation.release.access import keep_new_files_private, keep_private
from user_segmentation.release.publishing import NotPublishedError, Tables, publish

pytestmark = pytest.mark.slow

UMASKS = [0o000, 0o002, 0o022, 0o027, 0o077]


@pytest.fixture(params=UMASKS, ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def connection():
    with small_build() as connection:
        yield connection


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("readers", "modes"),
    [
        (None, (0o440, 0o750)),
        ("", (0o440, 0o750)),
        ("group", (0o440, 0o750)),
        ("owner", (0o400, 0o700)),
        ("everyone", (0o444, 0o755)),
    ],
)
@pytest.mark.usefixtures("umask")
def test_releases_are_for_owner_and_group_or_as_a_variable_says(
    connection, tmp_path, monkeypatch, readers, modes
):
    monkeypatch.delenv("PUBLISH_READERS", raising=False)
    if readers is not None:
        monkeypatch.setenv("PUBLISH_READERS", readers)
    folder = tmp_path / "published"
    publish_all(connection, folder, "a", "b")
    # It holds names only, and must let in whom the releases do.
    assert mode(folder) == 0o755
    assert mode(folder / ".lock") & 0o007 == 0
    assert mode(folder / "releases") == modes[1]
    for release in (folder / "releases").iterdir():
        assert mode(release) == modes[1]
        files = [path for path in release.iterdir() if path.name != "previous"]
        assert {mode(path) for path in files} == {modes[0]}


@pytest.mark.usefixtures("umask")
def test_nobody_else_looks_in_while_a_release_is_written(connection, tmp_path):
    name_release(connection, "a")
    seen = []

    def report(database):
        seen.append(mode(database.parent))
        return "A report."

    publish(connection, Tables(MARTS), "a", tmp_path, make_report=report)
    assert seen == [0o700]


@pytest.mark.parametrize("readers", ["all", "0444", "Group"])
def test_readers_that_are_unknown_publish_nothing(
    connection, tmp_path, monkeypatch, readers
):
    monkeypatch.setenv("PUBLISH_READERS", readers)
    words = f"PUBLISH_READERS is '{readers}'; it can be owner, group or everyone"
    with pytest.raises(NotPublishedError, match=words):
        publish_all(connection, tmp_path, "a")
    assert not (tmp_path / "current").exists()


def test_a_folder_of_releases_that_others_could_enter_is_closed(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    (tmp_path / "releases").chmod(0o2775)
    publish_all(connection, tmp_path, "b")
    assert mode(tmp_path / "releases") == 0o2770


def test_what_others_could_read_becomes_private_and_the_rest_stays(tmp_path):
    for name, before in [("open", 0o666), ("private", 0o600), ("shared", 0o660)]:
        (tmp_path / name).touch()
        (tmp_path / name).chmod(before)
    keep_private(*tmp_path.iterdir(), tmp_path / "missing", ":memory:")
    assert mode(tmp_path / "open") == 0o660
    assert mode(tmp_path / "private") == 0o600
    assert mode(tmp_path / "shared") == 0o660


@pytest.mark.parametrize("umask", [0o000, 0o077], indirect=True, ids=oct)
def test_new_files_are_private_and_a_stricter_umask_stays(tmp_path, umask):
    keep_new_files_private()
    (tmp_path / "file").touch()
    assert mode(tmp_path / "file") == (0o600 if umask else 0o640)


@pytest.mark.parametrize("umask", [0o000], indirect=True, ids=oct)
@pytest.mark.usefixtures("umask")
def test_the_database_and_the_log_of_a_build_are_for_owner_and_group(tmp_path):
    (tmp_path / "logs").mkdir()
    older = tmp_path / "logs/dbt.log.1"
    older.touch()
    (tmp_path / "target").mkdir()
    results = tmp_path / "target/run_results.json"
    results.touch()
    command, environment = dbt_command(tmp_path, "seed", "--select", "segment_palette")
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    assert mode(tmp_path / "build.duckdb") == 0o640
    assert mode(tmp_path / "logs/dbt.log") == mode(older) == mode(results) == 0o660


@pytest.mark.parametrize("command", ["ls", "parse", "seed"])
@pytest.mark.parametrize("umask", [0o000], indirect=True, ids=oct)
@pytest.mark.usefixtures("umask")
def test_log_and_results_of_any_command_are_for_owner_and_group(tmp_path, command):
    select = ["--select", "segment_palette"] if command != "parse" else []
    arguments, environment = dbt_command(tmp_path, command, *select)
    results = tmp_path / "target/run_results.json"
    older = tmp_path / "logs/dbt.log.1"
    for file in (results, older):
        file.parent.mkdir()
        file.touch()
    subprocess.run(arguments, cwd=ROOT, env=environment, check=True)
    assert (results.stat().st_size > 0) == (command == "seed")
    assert mode(results) == mode(older) == mode(tmp_path / "logs/dbt.log") == 0o660
    assert mode(tmp_path / "target/manifest.json") == 0o640


def test_a_run_with_readers_that_are_unknown_ends_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv("PUBLISH_READERS", "all")
    monkeypatch.setattr(duckdb_plugin, "project_folder", Path)
    monkeypatch.setattr(duckdb_plugin, "get_flags", lambda: SimpleNamespace(WHICH=""))
    plugin = duckdb_plugin.Plugin("duckdb_plugin", {})
    database = tmp_path / "build.duckdb"
    with pytest.raises(DbtRuntimeError, match="it can be owner, group or everyone"):
        plugin.update_connection_config(SimpleNamespace(path=str(database)), {})
    assert not database.exists()
