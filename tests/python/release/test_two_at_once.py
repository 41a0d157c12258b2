"""One build at a time: a second one waits, says so, and can be called off."""

import os
import signal
import subprocess
import sys
import threading
import time

import duckdb
import pytest
from dbt_common.exceptions import DbtRuntimeError

from conftest import ROOT, dbt_command
from user_segmentation.engines.database_lock import hold_database

pytestmark = pytest.mark.slow

SEED = ["seed", "--select", "segment_palette"]
HOLDER = """
import sys, time, duckdb
with duckdb.connect(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("two")


@pytest.fixture
def holder(folder):
    """Another process that has the database open until its input ends."""
    arguments = [sys.executable, "-c", HOLDER, folder / "build.duckdb"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(arguments, text=True, **pipes) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.stdin.close()


def start(folder, *arguments):
    """Start dbt as a person does in a terminal."""
    command, environment = dbt_command(folder, *arguments)
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def read_until(process, words):
    """The lines of a process up to the one with these words."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            break
    return lines


def test_a_second_run_waits_says_so_once_and_succeeds(folder, holder):
    with start(folder, *SEED) as process:
        *_, line = read_until(process, "is in use")
        assert f"build.duckdb is in use by another process (PID {holder.pid})" in line
        time.sleep(1.5)
        assert process.poll() is None
        holder.stdin.close()
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output
    assert "is in use" not in output


@pytest.mark.chaos
def test_a_run_that_waits_ends_at_ctrl_c(folder, holder):
    with start(folder, *SEED) as process:
        read_until(process, "is in use")
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=10)
    assert process.returncode > 0


@pytest.mark.parametrize("length", [0, 4096, 8192])
def test_a_database_that_was_only_begun_is_made_again(tmp_path, length):
    database = tmp_path / "build.duckdb"
    duckdb.connect(database).close()
    os.truncate(database, length)
    hold_database(str(database), {}).close()
    duckdb.connect(database).close()


@pytest.mark.parametrize("text", ["Do not lose these notes.", "n"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path, text):
    notes = tmp_path / "notes"
    notes.write_text(text)
    with pytest.raises(DbtRuntimeError, match="notes cannot be opened"):
        hold_database(str(notes), {})
    assert notes.read_text() == text


@pytest.mark.parametrize("has_log", [True, False])
def test_who_moves_a_damaged_database_away_is_told_what_goes_with_it(tmp_path, has_log):
    database = tmp_path / "build.duckdb"
    database.write_bytes(b"garbage" * 5000)
    if has_log:
        (tmp_path / "build.duckdb.wal").touch()
    words = f"move it away, with {database}.wal," if has_log else "move it away and"
    with pytest.raises(DbtRuntimeError, match=words):
        hold_database(str(database), {})


@pytest.mark.chaos
def test_two_builds_at_once_are_both_green_and_published(tmp_path):
    build = ["build", "--exclude-resource-type", "unit_test"]
    with start(tmp_path, *build) as first:
        read_until(first, "START hook")
        second_folder = tmp_path / "second"
        with start(tmp_path, *build, "--target-path", second_folder) as second:
            reader = threading.Thread(target=first.communicate)
            reader.start()
            output, _ = second.communicate(timeout=300)
            reader.join()
    assert (first.returncode, second.returncode) == (0, 0), output
    assert output.count(f"in use by another process (PID {first.pid})") == 1
    assert len(list((tmp_path / "published/releases").iterdir())) == 2
    with duckdb.connect(tmp_path / "published/marts.duckdb", read_only=True) as reader:
        ((release_id,),) = reader.table("release").project("release_id").fetchall()
    assert f"Published release {release_id}." in output


@pytest.mark.chaos
def test_a_build_that_waits_for_one_that_is_killed_completes(tmp_path):
    build = ["build", "--exclude-resource-type", "unit_test"]
    with start(tmp_path, *build) as first:
        read_until(first, "START hook")
        second_folder = tmp_path / "second"
        with start(tmp_path, *build, "--target-path", second_folder) as second:
            read_until(second, "is in use")
            os.killpg(first.pid, signal.SIGKILL)
            output, _ = second.communicate(timeout=300)
    assert second.returncode == 0, output
    (release,) = (tmp_path / "published/releases").iterdir()
    assert f"Published release {release.name}." in output
